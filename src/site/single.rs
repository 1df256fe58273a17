//! A page as one file that needs no other: style, scripts, fonts and images
//! stand in it, links to what is not in it lead to the published site.

use std::collections::BTreeSet;

use base64::Engine as _;
use html5gum::{StartTag, Token, Tokenizer, naive_next_state};

use crate::markup::escape;
use crate::page::{File, with_hashes};

use super::verify::{references, target};

/// What a page may do that asks nothing of anybody. The hashes are of what
/// stands in it.
const POLICY: &str = "default-src 'none'; style-src 'inline'; font-src data:; img-src data:; \
                      script-src 'inline'; base-uri 'none'; form-action 'none'";

/// Makes a file of `page` that can be mailed. `find` gives the files of the
/// site by their paths, `url` is where the site is published.
pub fn single_file<'f>(
    page: &File,
    path: String,
    url: Option<&str>,
    find: &dyn Fn(&str) -> Option<&'f [u8]>,
) -> File {
    let own = references(&page.path, &page.bytes);
    let mut binder = Binder {
        page: &page.path,
        url,
        find,
        ids: own.ids().collect(),
        html: String::new(),
        scripts: String::new(),
        raw: None,
    };
    let mut tokenizer = Tokenizer::new(&page.bytes[..]);
    while let Some(token) = tokenizer.next() {
        match token {
            Ok(Token::Doctype(_)) => binder.html.push_str("<!doctype html>\n"),
            Ok(Token::StartTag(tag)) => {
                binder.start(&tag);
                // What such an element holds is no markup, and refers to no
                // characters.
                let state = binder.raw.and_then(|(name, _)| naive_next_state(name.as_bytes()));
                if let Some(state) = state {
                    tokenizer.set_state(state);
                }
            }
            Ok(Token::EndTag(tag)) => binder.end(&String::from_utf8_lossy(&tag.name)),
            Ok(Token::String(text)) => binder.text(&String::from_utf8_lossy(&text)),
            Ok(Token::Comment(_) | Token::Error(_)) => {}
            Err(never) => match never {},
        }
    }
    File { path, bytes: with_hashes(binder.html).into_bytes() }
}

fn attribute(tag: &StartTag<()>, name: &str) -> Option<String> {
    let found = tag.attributes.iter().find(|(known, _)| known.as_slice() == name.as_bytes());
    found.map(|(_, value)| String::from_utf8_lossy(value).into_owned())
}

struct Binder<'b, 'f> {
    page: &'b str,
    url: Option<&'b str>,
    find: &'b dyn Fn(&str) -> Option<&'f [u8]>,
    ids: BTreeSet<&'b str>,
    html: String,
    /// What runs when the page is there, for its end.
    scripts: String,
    /// The element whose text is no markup, and whether it stays.
    raw: Option<(&'static str, bool)>,
}

impl<'f> Binder<'_, 'f> {
    fn start(&mut self, tag: &StartTag<()>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        match name.as_str() {
            "link" => return self.link(tag),
            "script" => {
                let source = attribute(tag, "src");
                self.raw = Some(("script", source.is_none()));
                if let Some(code) = source.and_then(|source| self.file(&source)) {
                    self.scripts.push_str(&String::from_utf8_lossy(code));
                }
                if self.raw == Some(("script", false)) {
                    return;
                }
            }
            "style" => self.raw = Some(("style", true)),
            _ => {}
        }
        let is_policy = attribute(tag, "http-equiv").as_deref() == Some("Content-Security-Policy");
        let mut attributes = vec![];
        for (key, value) in &tag.attributes {
            let (key, value) = (String::from_utf8_lossy(key), String::from_utf8_lossy(value));
            let value = match &*key {
                "content" if is_policy => Some(POLICY.to_owned()),
                "href" if name == "a" => self.reference(&value),
                "src" => self.data(&value),
                // Scripts ask for these files.
                "data-code" | "data-index" | "data-fonts" => None,
                _ => Some(value.into_owned()),
            };
            attributes.extend(value.map(|value| (key.into_owned(), value)));
        }
        self.tag(&name, &attributes, tag.self_closing);
    }

    fn write(&mut self, parts: &[&str]) {
        for part in parts {
            self.html.push_str(part);
        }
    }

    fn tag(&mut self, name: &str, attributes: &[(String, String)], is_closed: bool) {
        self.html.push('<');
        self.html.push_str(name);
        for (name, value) in attributes {
            // Apostrophes stay: hashes are put into the policy by its words.
            let value = value.replace('&', "&amp;").replace('"', "&quot;");
            self.write(&[" ", name, "=\"", &value, "\""]);
        }
        self.html.push_str(if is_closed { "/>" } else { ">" });
    }

    /// Style sheets and the icon come in; what leads to other files goes.
    fn link(&mut self, tag: &StartTag<()>) {
        let (rel, href) = (attribute(tag, "rel"), attribute(tag, "href").unwrap_or_default());
        match rel.as_deref() {
            Some("stylesheet") => {
                let css = self.file(&href).map(String::from_utf8_lossy).unwrap_or_default();
                let css = self.style(&href, &css);
                self.write(&["<style>", &css, "</style>\n"]);
            }
            Some("icon") if attribute(tag, "type").as_deref() == Some("image/svg+xml") => {
                let Some(data) = self.data(&href) else { return };
                let icon = [("rel", "icon".to_owned()), ("href", data)];
                self.tag("link", &icon.map(|(name, value)| (name.to_owned(), value)), false);
            }
            Some("canonical") => {
                let canonical = [("rel", "canonical".to_owned()), ("href", href)];
                self.tag("link", &canonical.map(|(name, value)| (name.to_owned(), value)), false);
            }
            _ => {}
        }
    }

    /// The style sheet at `href` with the files that it names.
    fn style(&self, href: &str, css: &str) -> String {
        let Some((sheet, _)) = target(self.page, href) else { return css.to_owned() };
        let mut parts = css.split("url(");
        let mut bound = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (written, rest) = part.split_once(')').unwrap_or((part, ""));
            let named = written.trim().trim_matches(['"', '\'']);
            let data = target(&sheet, named)
                .and_then(|(path, _)| Some(data_url(&path, (self.find)(&path)?)));
            let address = data.as_deref().unwrap_or(named);
            // A font that lies in the file is there at once: nothing would shift.
            let rest = rest.replace("font-display: optional", "font-display: block");
            for part in ["url(\"", address, "\")", &rest] {
                bound.push_str(part);
            }
        }
        bound
    }

    fn end(&mut self, name: &str) {
        match self.raw.take() {
            Some((raw, is_kept)) if raw == name && !is_kept => return,
            _ => {}
        }
        if name == "body" && !self.scripts.is_empty() {
            let scripts = std::mem::take(&mut self.scripts);
            self.write(&["<script>", &scripts, "</script>\n"]);
        }
        self.write(&["</", name, ">"]);
    }

    fn text(&mut self, text: &str) {
        match self.raw {
            Some((_, false)) => {}
            Some((_, true)) => self.html.push_str(text),
            None => self.html.push_str(&escape(text)),
        }
    }

    fn file(&self, reference: &str) -> Option<&'f [u8]> {
        let (path, _) = target(self.page, reference)?;
        (self.find)(&path)
    }

    /// What an image or icon shows, in its address.
    fn data(&self, reference: &str) -> Option<String> {
        if reference.starts_with("data:") {
            return Some(reference.to_owned());
        }
        let (path, _) = target(self.page, reference)?;
        Some(data_url(&path, (self.find)(&path)?))
    }

    /// Where a link leads: to what stands in the file, else to the published
    /// site, else nowhere.
    fn reference(&self, href: &str) -> Option<String> {
        let Some((path, anchor)) = target(self.page, href) else { return Some(href.to_owned()) };
        if path == self.page {
            return Some(format!("#{anchor}"));
        }
        let folder = self.page.rsplit_once('/').map_or("", |(folder, _)| folder);
        let beside = path.strip_prefix(folder).unwrap_or_default().trim_start_matches('/');
        let stem = beside.strip_suffix(".html").filter(|stem| !stem.contains('/'));
        let within = stem.filter(|stem| self.ids.contains(*stem)).map(|stem| {
            let own = [anchor.clone(), format!("{stem}--{anchor}")];
            let own =
                own.into_iter().find(|own| !anchor.is_empty() && self.ids.contains(own.as_str()));
            format!("#{}", own.unwrap_or_else(|| stem.to_owned()))
        });
        within.or_else(|| Some(format!("{}{path}{}", self.url?, hash(&anchor))))
    }
}

fn hash(anchor: &str) -> String {
    if anchor.is_empty() { String::new() } else { format!("#{anchor}") }
}

fn data_url(path: &str, bytes: &[u8]) -> String {
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    format!("data:{kind};base64,{}", base64::engine::general_purpose::STANDARD.encode(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn single(html: &str, url: Option<&str>) -> String {
        let page = File { path: "nl/print.html".to_owned(), bytes: html.as_bytes().to_vec() };
        let find = |path: &str| -> Option<&'static [u8]> {
            match path {
                "assets/style.css" => {
                    Some(b"@font-face { src: url(\"sans.woff2\"); font-display: optional }")
                }
                "assets/sans.woff2" => Some(b"font"),
                "assets/script.js" => Some(b"if (1 < 2) run();"),
                "nl/map.png" => Some(b"map"),
                _ => None,
            }
        };
        String::from_utf8(single_file(&page, "one.html".to_owned(), url, &find).bytes)
            .expect("text")
    }

    #[test]
    fn style_fonts_scripts_and_images_come_in() {
        let page = "<!doctype html><html><head>\
            <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'\">\
            <link rel=\"stylesheet\" href=\"../assets/style.css\">\
            <link rel=\"manifest\" href=\"site.webmanifest\">\
            <script src=\"../assets/script.js\" defer></script></head>\
            <body><img src=\"map.png\" alt=\"A map\"></body></html>";

        let one = single(page, None);

        assert!(
            one.contains("url(\"data:font/woff2;base64,Zm9udA==\"); font-display: block"),
            "{one}"
        );
        assert!(one.contains("<img alt=\"A map\" src=\"data:image/png;base64,bWFw\">"), "{one}");
        assert!(one.contains("<script>if (1 < 2) run();</script>\n</body>"), "{one}");
        assert!(!one.contains("manifest") && !one.contains("assets/"), "{one}");
        assert!(one.contains("style-src 'sha256-") && one.contains("script-src 'sha256-"));
        assert!(!one.contains("inline"), "{one}");
    }

    #[test]
    fn what_scripts_and_styles_hold_stays_as_it_is() {
        let data = "<script type=\"application/ld+json\">\
            {\"name\":\"R&amp;D &lt;/script&gt;&lt;script&gt;run()\"}</script>";
        let inline = "<script>if (a<b) '</p><p id=themes>' + \"&copy\"</script>\
            <style>a::after { content: \"<b>&amp;\" }</style>";

        let one = single(&format!("{data}{inline}<a href=\"themes.html\">1</a>"), None);

        assert!(one.starts_with(&format!("{data}{inline}")), "{one}");
        assert!(one.ends_with("<a>1</a>"), "{one}");
    }

    #[test]
    fn links_lead_into_the_file_or_to_the_published_site() {
        let page = "<h2 id=\"themes\"></h2><h3 id=\"themes--why\"></h3><figure id=\"fig-x\">\
            </figure><a href=\"themes.html#why\">1</a><a href=\"themes.html#fig-x\">2</a>\
            <a href=\"results.html\">3</a><a href=\"../en/print.html\">4</a>\
            <a href=\"#fig-x\">5</a><a href=\"https://example.org/\">6</a>";

        let published = single(page, Some("https://example.org/report/"));

        let leads = |html: &str| -> Vec<String> {
            html.split("<a")
                .skip(1)
                .map(|rest| rest.split('>').next().unwrap_or("").to_owned())
                .collect()
        };
        assert_eq!(
            leads(&published),
            [
                " href=\"#themes--why\"",
                " href=\"#fig-x\"",
                " href=\"https://example.org/report/nl/results.html\"",
                " href=\"https://example.org/report/en/print.html\"",
                " href=\"#fig-x\"",
                " href=\"https://example.org/\"",
            ]
        );
        assert_eq!(leads(&single(page, None))[2..4], ["", ""]);
    }
}
