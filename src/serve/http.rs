//! Answers requests of this machine. Knows nothing of reports: pages are bytes
//! by their path.

use std::convert::Infallible;
use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use percent_encoding::percent_decode_str;
use serde_json::json;
use tokio::sync::watch::Receiver;
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt as _};

use crate::markup::Html;

use super::policy;
use super::preview::{Preview, is_page};

/// The script that every page gets, and where it asks for changes. No file of
/// a site begins with `-/`.
const CLIENT: &str = "/-/client.js";
const EVENTS: &str = "/-/events";
/// When a page asks again after the preview went away.
const RETRY: Duration = Duration::from_millis(500);
const SCRIPT: &str = include_str!("client.js");

/// Serves the preview until the process is interrupted.
pub(super) fn serve(listener: TcpListener, preview: Receiver<Arc<Preview>>) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let router = Router::new()
            .route(CLIENT, get(client))
            .route(EVENTS, get(events))
            .fallback(file)
            .with_state(preview)
            .layer(middleware::from_fn(only_here));
        let server = tokio::spawn(async { axum::serve(listener, router).await });
        // Pages wait for changes for ever: they are not waited for.
        tokio::signal::ctrl_c().await?;
        server.abort();
        Ok(())
    })
}

/// Refuses who comes by the name of another machine: a page of the web that
/// has its name lead here could read a report before it is published.
async fn only_here(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let name =
        host.unwrap_or_default().rsplit_once(':').map_or(host.unwrap_or_default(), |it| it.0);
    if matches!(name, "127.0.0.1" | "localhost") {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, "this preview is for this machine alone\n").into_response()
    }
}

async fn client() -> Response {
    ([(header::CONTENT_TYPE, "text/javascript"), NOT_KEPT], SCRIPT).into_response()
}

/// Browsers ask again each time.
const NOT_KEPT: (header::HeaderName, &str) = (header::CACHE_CONTROL, "no-store");

/// Tells the page that the query names what it should look like, now and at
/// each change.
async fn events(
    uri: Uri,
    State(preview): State<Receiver<Arc<Preview>>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let page = path(uri.query().unwrap_or_default());
    let stream = WatchStream::new(preview).map(move |preview| {
        let news = json!({"state": preview.state(&page), "mistakes": preview.mistakes()});
        Ok(Event::default().data(news.to_string()).retry(RETRY))
    });
    Sse::new(stream)
}

async fn file(uri: Uri, State(preview): State<Receiver<Arc<Preview>>>) -> Response {
    let preview = Arc::clone(&preview.borrow());
    let path = path(uri.path());
    let (status, shown, bytes) = match preview.file(&path) {
        Some(bytes) => (StatusCode::OK, path.as_str(), bytes),
        None => match preview.file(NOT_FOUND) {
            Some(bytes) => (StatusCode::NOT_FOUND, NOT_FOUND, bytes),
            None => (StatusCode::SERVICE_UNAVAILABLE, NOT_FOUND, WAITING.into()),
        },
    };
    let kind = mime_guess::from_path(shown).first_or_octet_stream();
    let text = if kind.type_() == "text" { "; charset=utf-8" } else { "" };
    let headers = [(header::CONTENT_TYPE, format!("{kind}{text}"))];
    if !is_page(shown) {
        return (status, [NOT_KEPT], headers, bytes).into_response();
    }
    // Not the page that stands in: what was asked for may come to be.
    let html = policy::opened(&String::from_utf8_lossy(&bytes), &script(&preview, &path));
    (status, [NOT_KEPT], headers, html).into_response()
}

/// The path in the site that an address means.
fn path(address: &str) -> String {
    let asked = percent_decode_str(address.trim_start_matches('/')).decode_utf8_lossy();
    if asked.is_empty() || asked.ends_with('/') {
        format!("{asked}index.html")
    } else {
        asked.into_owned()
    }
}

/// What makes a page hear of changes.
fn script(preview: &Preview, path: &str) -> String {
    let state = preview.state(path);
    let attributes = [("src", CLIENT), ("data-page", path), ("data-state", &state), ("defer", "")];
    Html::default().tag("script", &attributes).end("script").take()
}

/// The page for addresses that do not exist.
const NOT_FOUND: &str = "404.html";

/// What is shown before the first site.
const WAITING: &str = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
    <title>barometer</title></head><body><p>There is no site yet.</p></body></html>";
