//! Files beside the pages: the theme's assets, linked files, and what
//! machines read.

use std::collections::BTreeMap;

use base64::Engine as _;

use crate::chart::{Colours, Role};
use crate::config::Config;
use crate::content::Book;
use crate::markup::Html;
use crate::page::{AnsweredBook, Assets, File, MANIFEST, Press};
use crate::sources::Sources;
use crate::theme::{Look, Theme};

/// Publishes the static files of the theme under `assets/`: the style sheet
/// and the scripts with a fingerprint in their names, so that a browser never
/// shows a new page in an old style.
pub fn assets(theme: &Theme, look: &Look) -> (Assets, Vec<File>) {
    let published =
        theme.under("static/").filter(|(path, _)| !look.exclude.iter().any(|name| name == path));
    let scripts = [look.script.as_deref(), look.search.as_deref()];
    let address = |path: &str, bytes: &[u8]| {
        if scripts.contains(&Some(path)) {
            return format!("assets/{}", fingerprinted(path, bytes));
        }
        format!("assets/{path}")
    };
    let mut files: Vec<File> = published
        .map(|(path, bytes)| File { path: address(path, bytes), bytes: bytes.to_vec() })
        .collect();
    let style = style(theme, look);
    let bytes = |path: &str| theme.get(&format!("static/{path}")).unwrap_or_default();
    let named = |path: &str| address(path, bytes(path));
    let names = Assets {
        style: style.path.clone(),
        script: look.script.as_deref().map(named),
        search: look.search.as_deref().map(named),
        icon: look.icon.as_deref().map(named),
        picture: look.icon.as_ref().map(|_| icon_address(ICONS[0])),
        fonts: look.preload.iter().map(|path| named(path)).collect(),
    };
    files.push(style);
    (names, files)
}

/// One style sheet of all, in the folder of the first: one request, one
/// fingerprint.
fn style(theme: &Theme, look: &Look) -> File {
    let sheets: Vec<&[u8]> =
        look.style.iter().filter_map(|path| theme.get(&format!("static/{path}"))).collect();
    let bytes = sheets.join(&b'\n');
    let name = look.style.first().map_or("style.css", String::as_str);
    File { path: format!("assets/{}", fingerprinted(name, &bytes)), bytes }
}

/// Sizes of the icon's pictures, in pixels: for phones, and for where an icon
/// is shown large.
const ICONS: [u32; 2] = [192, 512];

fn icon_address(size: u32) -> String {
    format!("assets/icon-{size}.png")
}

/// The drawings that the icon's pictures are made of, half as large: the icon
/// on paper, with room around it, as systems cut icons to shapes of their own.
pub fn icons(theme: &Theme, look: &Look, colours: &Colours) -> Vec<File> {
    let Some(icon) = look.icon.as_deref() else { return vec![] };
    let bytes = theme.get(&format!("static/{icon}")).unwrap_or_default();
    let data = base64::engine::general_purpose::STANDARD.encode(bytes);
    let paper = colours.of(Role::Paper);
    let drawing = |size: u32| {
        let side = size / 2;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{side}\" height=\"{side}\" viewBox=\"0 0 32 32\">\
             <rect width=\"32\" height=\"32\" fill=\"{paper}\"/>\
             <image x=\"5\" y=\"5\" width=\"22\" height=\"22\" href=\"data:image/svg+xml;base64,{data}\"/></svg>"
        )
    };
    let file = |size| File { path: icon_address(size), bytes: drawing(size).into_bytes() };
    ICONS.map(file).into()
}

/// What a phone needs to put the report among its programs.
pub fn manifest(press: &Press<'_>, look: &Look, book: &AnsweredBook<'_>) -> File {
    let config = press.config;
    let language = book.language;
    let name = config.site.title.get(language);
    let paper = press.colours.of(Role::Paper);
    let icons = ICONS.iter().filter(|_| look.icon.is_some()).map(|size| {
        serde_json::json!({
            "src": format!("{}{}", book.root, icon_address(*size)),
            "sizes": format!("{size}x{size}"),
            "type": "image/png",
            "purpose": "any maskable",
        })
    });
    let manifest = serde_json::json!({
        "name": name,
        "short_name": config.survey.name.get(language),
        "description": config.site.description.as_ref().map(|text| text.get(language)),
        "lang": language.tag(),
        "start_url": "index.html",
        "display": "browser",
        "background_color": paper,
        "theme_color": paper,
        "icons": icons.collect::<Vec<_>>(),
    });
    let path = format!("{}{MANIFEST}", book.folder);
    File { path, bytes: format!("{manifest:#}\n").into_bytes() }
}

fn fingerprinted(name: &str, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    format!("{stem}.{}.{ending}", &hash[..10])
}

/// The files that chapters link to, and everything in `content/static/`.
pub fn linked(sources: &Sources, books: &[Book]) -> Vec<File> {
    let chapters = books.iter().flat_map(Book::all);
    let mut files: BTreeMap<&str, &str> = chapters
        .flat_map(|chapter| &chapter.body.files)
        .map(|file| (file.address.as_str(), file.path.as_str()))
        .collect();
    let folder = "content/static/";
    files.extend(sources.under(folder).map(|(path, _)| (&path[folder.len()..], path)));
    files
        .into_iter()
        .filter_map(|(address, path)| {
            Some(File { path: address.to_owned(), bytes: sources.get(path)?.to_vec() })
        })
        .collect()
}

/// What GitHub Pages and search engines look for.
pub fn machine_files(config: &Config, books: &[AnsweredBook<'_>]) -> Vec<File> {
    let mut files = vec![File { path: ".nojekyll".to_owned(), bytes: vec![] }];
    let Some(url) = &config.site.url else { return files };
    files.push(File {
        path: "robots.txt".to_owned(),
        bytes: format!("User-agent: *\nAllow: /\n\nSitemap: {url}sitemap.xml\n").into_bytes(),
    });
    let sitemap = sitemap(url, config, books);
    files.push(File { path: "sitemap.xml".to_owned(), bytes: sitemap.into_bytes() });
    files.extend(books.iter().filter_map(|book| super::feed(config, book)));
    files
}

/// Every page, with the same page in the other languages and the day of its
/// last change. A page in another language than its folder's is there for
/// readers, not for search engines.
fn sitemap(url: &str, config: &Config, books: &[AnsweredBook<'_>]) -> String {
    let mut languages: BTreeMap<String, Vec<&AnsweredBook<'_>>> = BTreeMap::new();
    for book in books {
        for (position, _) in book.pages() {
            languages.entry(book.address(position)).or_default().push(book);
        }
    }
    let full = |book: &AnsweredBook<'_>, address: &str| {
        let page = if address == "index.html" { "" } else { address };
        format!("{url}{}{page}", book.folder)
    };
    let mut xml = Html::default();
    xml.html("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let spaces = [
        ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"),
        ("xmlns:xhtml", "http://www.w3.org/1999/xhtml"),
    ];
    xml.tag("urlset", &spaces).line();
    for book in books {
        for (position, chapter) in book.pages() {
            let address = book.address(position);
            xml.tag("url", &[]).tag("loc", &[]).text(&full(book, &address)).end("loc");
            let published = config.site.published;
            let date = chapter.map_or(published, |chapter| chapter.front.last_change(published));
            if let Some(date) = date {
                xml.tag("lastmod", &[]).text(&date.to_string()).end("lastmod");
            }
            let same = languages.get(&address).map(Vec::as_slice).unwrap_or_default();
            let default = same.first().map(|book| ("x-default", *book));
            let each = same.iter().map(|book| (book.language.tag(), *book)).chain(default);
            for (tag, other) in each.filter(|_| 1 < same.len()) {
                let href = full(other, &address);
                let link = [("rel", "alternate"), ("hreflang", tag), ("href", href.as_str())];
                xml.tag("xhtml:link", &link).end("xhtml:link");
            }
            xml.end("url").line();
        }
    }
    xml.end("urlset").line();
    xml.take()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_stands_before_the_ending() {
        let name = fingerprinted("style.css", b"a{}");

        assert_eq!((name.len(), &name[..6], &name[name.len() - 4..]), (20, "style.", ".css"));
    }
}
