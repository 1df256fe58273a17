//! The site in memory, and the mistakes that lie over it.

use std::collections::BTreeMap;
use std::error::Error as _;
use std::sync::{Arc, Mutex, PoisonError};

use crate::chart::Painter;
use crate::diag::{self, Look, Severity};
use crate::ground::Ground;
use crate::sources::Sources;
use crate::{BuildError, Built, Memory, Options, Part, site};

/// What readers of the preview see.
#[derive(Debug, Clone, Default)]
pub(super) struct Preview {
    /// The last site without mistakes; none before the first.
    site: Option<Arc<BTreeMap<String, Arc<Content>>>>,
    /// The mistakes that stop the next, as the terminal tells them.
    mistakes: Vec<String>,
}

/// A file of the site.
#[derive(Debug)]
enum Content {
    Bytes(Vec<u8>),
    /// A drawing that becomes a picture when somebody asks for it.
    Drawing(String, Arc<Painter>),
}

/// Builds a site in memory; takes over from the last good one what is as it
/// was. `memory` is that of the last good one.
pub(super) fn build<'g>(
    ground: &'g Ground,
    sources: &Sources,
    options: Options,
    memory: &mut Memory<'g>,
    last: &Preview,
) -> Result<(Preview, Built), BuildError> {
    let files: Mutex<BTreeMap<String, Content>> = Mutex::default();
    let built = crate::rebuild(ground, sources, options, memory, &|file, part| {
        let mut files = files.lock().unwrap_or_else(PoisonError::into_inner);
        match (part, files.get_mut(&file.path)) {
            (Part::Next, Some(Content::Bytes(bytes))) => bytes.extend_from_slice(&file.bytes),
            (Part::Drawing(painter), _) => {
                let svg = String::from_utf8_lossy(&file.bytes).into_owned();
                files.insert(file.path.clone(), Content::Drawing(svg, Arc::clone(painter)));
            }
            _ => {
                files.insert(file.path.clone(), Content::Bytes(file.bytes.clone()));
            }
        }
        Ok(())
    })?;
    let files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut site: BTreeMap<_, _> =
        files.into_iter().map(|(path, content)| (path, Arc::new(content))).collect();
    for path in &built.kept {
        let kept = last.site.as_ref().and_then(|site| site.get(path));
        site.extend(kept.map(|content| (path.clone(), Arc::clone(content))));
    }
    Ok((Preview { site: Some(Arc::new(site)), mistakes: vec![] }, built))
}

impl Preview {
    /// The same site under what stops the next.
    pub(super) fn with(&self, error: &BuildError) -> Self {
        let mistakes = match error {
            BuildError::Mistakes(mistakes) => {
                let errors =
                    mistakes.all().iter().filter(|found| found.severity() == Severity::Error);
                errors.map(|found| diag::text(found, Look::Plain)).collect()
            }
            refused => {
                let cause = refused.source().and_then(|inner| inner.source());
                let reason = cause.map(|cause| format!(": {cause}")).unwrap_or_default();
                vec![format!("error: {refused}{reason}\n")]
            }
        };
        Self { site: self.site.clone(), mistakes }
    }

    /// What stops the next site, as the terminal tells it.
    pub(super) fn mistakes(&self) -> &[String] {
        &self.mistakes
    }

    /// The bytes of a file of the site; pictures are painted here.
    pub(super) fn file(&self, path: &str) -> Option<Vec<u8>> {
        match &**self.site.as_ref()?.get(path)? {
            Content::Bytes(bytes) => Some(bytes.clone()),
            Content::Drawing(svg, painter) => painter.paint(svg),
        }
    }

    /// Names what a page shows: itself, and the files that it loads or offers.
    /// Another name, another look.
    pub(super) fn state(&self, page: &str) -> String {
        let mut hasher = blake3::Hasher::new();
        let content = |path: &str| self.site.as_ref()?.get(path).map(AsRef::as_ref);
        if let Some(Content::Bytes(html)) = content(page) {
            hasher.update(html);
            for path in site::references(page, html).files() {
                match content(path) {
                    Some(Content::Bytes(bytes)) if !is_page(path) => hasher.update(bytes),
                    _ => continue,
                };
            }
        }
        hasher.finalize().to_hex().to_string()
    }
}

/// Whether a path of the site is a page.
pub(super) fn is_page(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ending == "html")
}
