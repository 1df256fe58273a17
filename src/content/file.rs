//! What a link or an image of a chapter points to: another chapter, a file
//! beside it, or the world outside.

use crate::diag::{Code, Diagnostic, Findings, Place, did_you_mean};
use crate::markup::{address_of, leads_outside, path_of, scheme, written_address};
use crate::sources::Sources;

use super::link::{ChapterLink, Written};

/// The files that a chapter may point to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Files<'a> {
    pub(super) sources: &'a Sources,
    /// The folder of the chapter: `content/fr/`.
    pub(super) folder: &'a str,
    /// That of the language whose page shows it, mostly the same.
    pub(super) page: &'a str,
    /// The folder of the site's default language: `content/fr/`.
    pub(super) root: &'a str,
}

/// A file that is copied to the site because a page points to it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LinkedFile {
    /// Its path in the report: `content/fr/map.png`.
    pub path: String,
    /// Its path in the site: `map.png`.
    pub address: String,
    /// How the page refers to it.
    pub href: String,
}

/// Where a link leads.
pub(super) enum Destination {
    Chapter(ChapterLink),
    File(LinkedFile),
    Outside(String),
}

impl Files<'_> {
    /// Resolves the destination of a link; a complaint is noted if there is none.
    pub(super) fn link(
        &self,
        destination: &str,
        place: &Place,
        found: &mut Findings,
    ) -> Option<Destination> {
        if leads_outside(destination) {
            return Some(Destination::Outside(written_address(destination)));
        }
        let broken =
            |message: String| Diagnostic::error(Code::BrokenLink, message).at(place.clone());
        if let Some(scheme) = foreign(destination) {
            found.push(
                broken(format!("the link begins with `{scheme}`, where no link may lead"))
                    .hint("Outside the report it leads to `https:`, `http:`, `mailto:` or `tel:`."),
            );
            return None;
        }
        let (path, anchor) = match destination.split_once('#') {
            Some((path, anchor)) => (path, Some(anchor.to_owned())),
            None => (destination, None),
        };
        if destination.is_empty() {
            found.push(
                broken("the link leads nowhere: it has no address".to_owned())
                    .hint("Write where it leads between its round brackets: `(themes.md)`."),
            );
            return None;
        }
        // Pages that the data write have no file: they are named by address.
        let path = path.strip_prefix("./").unwrap_or(path);
        let nowhere = || broken(format!("the link leads nowhere: there is no `{path}`"));
        if let Some(hint) = misspelt_page(path) {
            found.push(nowhere().hint(hint));
            return None;
        }
        let file = path.strip_suffix(".md").map(|stem| (stem, Written::File));
        let page = path.strip_suffix(".html").map(|stem| (stem, Written::Address));
        let named = file.or(page).filter(|(stem, _)| !stem.contains('/'));
        if path.is_empty() || named.is_some() {
            let (stem, written) = named.unzip();
            let (stem, written) = (stem.map(str::to_owned), written.unwrap_or(Written::File));
            let place = place.clone();
            return Some(Destination::Chapter(ChapterLink { stem, written, anchor, place }));
        }
        let mut file = self.file(path);
        if let Some((file, anchor)) = file.as_mut().zip(anchor) {
            file.href.push('#');
            file.href.push_str(&written_address(&anchor));
        }
        if file.is_none() {
            found.push(nowhere().hint_if(self.meant(path).or_else(|| self.nearest(path))));
        }
        file.map(Destination::File)
    }

    /// Resolves the source of an image; a complaint is noted if it is not there.
    pub(super) fn image(
        &self,
        destination: &str,
        place: &Place,
        found: &mut Findings,
    ) -> Option<LinkedFile> {
        let file = self.file(destination);
        if file.is_none() {
            let elsewhere = foreign(destination).map(|_| {
                "Put the image beside the chapter: a page of the site asks nothing from outside.".to_owned()
            });
            found.push(
                Diagnostic::error(Code::ImageMissing, format!("there is no image `{destination}`"))
                    .at(place.clone())
                    .hint_if(elsewhere.or_else(|| self.nearest(destination))),
            );
        }
        file
    }

    /// A file by its name or, as editors write it, by its address.
    fn file(&self, destination: &str) -> Option<LinkedFile> {
        let meant = path_of(destination);
        let known =
            |name: &str| normal(self.folder, name).filter(|path| self.sources.get(path).is_some());
        let path = known(destination).or_else(|| known(&meant))?;
        let address =
            match path.strip_prefix("content/static/").or_else(|| path.strip_prefix(self.root)) {
                Some(address) => address.to_owned(),
                None => path.strip_prefix("content/")?.to_owned(),
            };
        // Pages of a language other than the default lie one folder down.
        let up = if self.page == self.root { "" } else { "../" };
        let href = match path.strip_prefix(self.page) {
            Some(beside) => address_of(beside),
            None => format!("{up}{}", address_of(&address)),
        };
        (!is_chapter(&path)).then_some(LinkedFile { path, address, href })
    }

    /// The way out where what is written lacks a part: an address its scheme, a
    /// page its ending.
    fn meant(&self, written: &str) -> Option<String> {
        let chapter = format!("{}{written}.md", self.folder);
        let (host, _) = written.split_once('/').unwrap_or((written, ""));
        let labels: Vec<&str> = host.split('.').collect();
        let is_host = 1 < labels.len()
            && labels.iter().all(|label| !label.is_empty())
            && labels.last().is_some_and(|end| end.chars().all(|c| c.is_ascii_alphabetic()));
        if self.sources.get(&chapter).is_some() {
            Some(format!("Name the chapter by its file: `{written}.md`."))
        } else if is_host && host.contains('@') {
            Some(format!("Write `mailto:{written}` for an e-mail address."))
        } else if is_host && (host.starts_with("www.") || written.contains('/')) {
            Some(format!("Write `https://{written}` for the page of another site."))
        } else {
            None
        }
    }

    fn nearest(&self, written: &str) -> Option<String> {
        let slashed = written.replace('\\', "/");
        if slashed != written && self.file(&slashed).is_some() {
            return Some(format!("Write `/` between folders: `{slashed}`."));
        }
        let beside = self.sources.under(self.folder).map(|(path, _)| &path[self.folder.len()..]);
        let files: Vec<_> = beside.filter(|path| !is_chapter(path)).collect();
        did_you_mean(written, files)
            .or_else(|| Some(format!("Put the file into `{}`.", self.folder)))
    }
}

/// The way out where a page is named by the folder that it lies in: that of
/// another language, or of another system.
fn misspelt_page(path: &str) -> Option<String> {
    let name = path.rsplit(['/', '\\']).next().filter(|name| *name != path)?;
    matches!(name.rsplit_once('.'), Some((_, "md" | "html")))
        .then(|| format!("Name a page of the same language by its name alone: `{name}`."))
}

/// True for the text of a chapter.
pub fn is_chapter(path: &str) -> bool {
    std::path::Path::new(path).extension().is_some_and(|ending| ending == "md")
}

/// What makes an address one that is not in the report: `javascript:`, `//`.
fn foreign(destination: &str) -> Option<String> {
    let scheme = scheme(destination).map(|scheme| format!("{scheme}:"));
    // Where it leads depends on how the page came: from a disk, nowhere.
    scheme.or_else(|| destination.starts_with("//").then(|| "//".to_owned()))
}

/// Joins a relative path to a folder; `None` when it leaves `content/`.
fn normal(folder: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    (parts.first() == Some(&"content")).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(folder: &str, destination: &str) -> Option<LinkedFile> {
        let files = ["content/fr/a.png", "content/static/b.pdf", "content/nl/c.png"];
        let sources: Sources = files.into_iter().map(|path| (path, vec![0_u8])).collect();
        let files = Files { sources: &sources, folder, page: folder, root: "content/fr/" };
        files.file(destination)
    }

    #[test]
    fn a_file_beside_a_chapter_of_the_default_language_lies_at_the_root() {
        assert_eq!(resolved("content/fr/", "./a.png").unwrap().address, "a.png");
    }

    #[test]
    fn a_translation_may_use_the_image_of_the_original() {
        let file = resolved("content/nl/", "../fr/a.png").unwrap();

        assert_eq!((file.address.as_str(), file.href.as_str()), ("a.png", "../a.png"));
    }

    #[test]
    fn a_borrowed_text_finds_its_images_from_the_page_that_shows_it() {
        let files = ["content/fr/a.png", "content/nl/c.png"];
        let sources: Sources = files.into_iter().map(|path| (path, vec![0_u8])).collect();
        let shown = |folder, page, destination| {
            let files = Files { sources: &sources, folder, page, root: "content/fr/" };
            files.file(destination).unwrap().href
        };

        assert_eq!(shown("content/fr/", "content/nl/", "a.png"), "../a.png");
        assert_eq!(shown("content/nl/", "content/fr/", "c.png"), "nl/c.png");
    }

    #[test]
    fn a_file_of_a_translation_lies_in_its_folder() {
        let file = resolved("content/nl/", "c.png").unwrap();

        assert_eq!((file.address.as_str(), file.href.as_str()), ("nl/c.png", "c.png"));
    }

    #[test]
    fn a_static_file_lies_at_the_root() {
        assert_eq!(resolved("content/nl/", "../static/b.pdf").unwrap().href, "../b.pdf");
    }

    #[test]
    fn nothing_outside_the_content_is_reached() {
        assert_eq!(resolved("content/fr/", "../../barometer.toml"), None);
    }
}
