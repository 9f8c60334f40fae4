//! A static server on a free port of this machine, with a log of what was asked of it.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use flate2::{Compression, write::GzEncoder};

use crate::failure::{Failure, Result};

/// The policy under which everything must work.
pub const STRICT_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                                 connect-src 'self'; img-src 'self' data:";

/// A request that was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Path as asked for, with its query.
    pub path: String,
    /// Status of the answer.
    pub status: u16,
    /// Bytes of the body as sent: compressed where the browser took that.
    pub body: usize,
    /// Bytes of the body before compression.
    pub raw: usize,
    /// Bytes of the answer's head.
    pub head: usize,
}

/// A folder, served. Every HTML page carries a content security policy; every file may be read by any origin, as a
/// sandboxed frame needs.
pub struct Site {
    shared: Arc<Shared>,
    port: u16,
}

struct Shared {
    folder: PathBuf,
    base: String,
    policy: Option<String>,
    pages: Mutex<BTreeMap<String, String>>,
    silent: Mutex<Vec<String>>,
    log: Mutex<Vec<Request>>,
    shut: AtomicBool,
    stopped: AtomicBool,
}

impl Site {
    /// Serves the release build at `/`.
    pub fn dist() -> Result<Self> {
        Self::dist_at("/")
    }

    /// Serves the release build at a path that begins and ends with `/`.
    pub fn dist_at(base: &str) -> Result<Self> {
        Self::folder(&dist()?, base, Some(STRICT_POLICY))
    }

    /// Serves the release build at `/`, its pages under another policy, or under none.
    pub fn dist_under(policy: Option<&str>) -> Result<Self> {
        Self::folder(&dist()?, "/", policy)
    }

    /// Serves a folder at a path that begins and ends with `/`, its HTML pages under a policy, or under none.
    pub fn folder(folder: &Path, base: &str, policy: Option<&str>) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = listener.local_addr()?.port();
        let shared = Arc::new(Shared {
            folder: folder.to_owned(),
            base: base.to_owned(),
            policy: policy.map(str::to_owned),
            pages: Mutex::default(),
            silent: Mutex::default(),
            log: Mutex::default(),
            shut: AtomicBool::new(false),
            stopped: AtomicBool::new(false),
        });
        let serving = Arc::clone(&shared);
        std::thread::spawn(move || accept(&listener, &serving));
        Ok(Self { shared, port })
    }

    /// Adds a page or a script that no file holds: `site.page("one.html", "<!DOCTYPE html>…")`. The path is below the base.
    pub fn page(&self, path: &str, html: &str) {
        locked(&self.shared.pages).insert(path.trim_start_matches('/').to_owned(), html.to_owned());
    }

    /// From now on only pages of this origin may read what it serves.
    pub fn shut(&self) {
        self.shared.shut.store(true, Ordering::Relaxed);
    }

    /// Who asks for this path below the base is left without an answer.
    pub fn never_answers(&self, path: &str) {
        locked(&self.shared.silent).push(format!("{}{path}", self.shared.base));
    }

    /// `http://127.0.0.1:port`.
    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The address of a path below the base.
    pub fn url(&self, path: &str) -> String {
        format!("{}{}{}", self.origin(), self.shared.base, path.trim_start_matches('/'))
    }

    /// What was asked of the server, in order.
    pub fn requests(&self) -> Vec<Request> {
        locked(&self.shared.log).clone()
    }

    /// Forgets what was asked.
    pub fn forget(&self) {
        locked(&self.shared.log).clear();
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::Relaxed);
        // Wakes the thread that waits for a connection.
        TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).ok();
    }
}

/// The release build. Its place is asked of cargo at run time, for two clones may share one target folder.
fn dist() -> Result<PathBuf> {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let folder = Path::new(&here).join("../../dist");
    if !folder.join("index.html").is_file() {
        return Err(Failure::new("There is no dist/index.html: run `cargo xtask build` first."));
    }
    Ok(folder)
}

/// A thread that panicked while it held the lock left a log that can still be read.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        if shared.stopped.load(Ordering::Relaxed) {
            return;
        }
        let Ok(stream) = stream else { continue };
        let shared = Arc::clone(shared);
        // A connection that breaks is the browser's affair.
        std::thread::spawn(move || converse(stream, &shared).ok());
    }
}

/// Answers the requests of one connection until it is closed.
fn converse(stream: TcpStream, shared: &Shared) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut writer = stream;
    loop {
        let mut first = String::new();
        if reader.read_line(&mut first)? == 0 {
            return Ok(());
        }
        let mut gzip = false;
        loop {
            let mut header = String::new();
            reader.read_line(&mut header)?;
            let header = header.trim_end().to_ascii_lowercase();
            if header.is_empty() {
                break;
            }
            gzip |= header.starts_with("accept-encoding:") && header.contains("gzip");
        }
        let path = first.split(' ').nth(1).unwrap_or("/");
        if locked(&shared.silent).iter().any(|silent| silent == path) {
            continue;
        }
        let (status, kind, raw) = shared.find(path);
        let raw_length = raw.len();
        let compressed = gzip && compresses(kind);
        let body = if compressed { gzipped(&raw)? } else { raw };
        let head = shared.head(status, kind, compressed, body.len());
        let entry = Request { path: path.to_owned(), status, body: body.len(), raw: raw_length, head: head.len() };
        // Before the answer: once a page has it, a test may ask for the log.
        locked(&shared.log).push(entry);
        writer.write_all(head.as_bytes())?;
        writer.write_all(&body)?;
    }
}

impl Shared {
    /// Status, media type and body for a path.
    fn find(&self, path: &str) -> (u16, &'static str, Vec<u8>) {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let missing = (404, "text/plain; charset=utf-8", b"There is no such file.".to_vec());
        let Some(relative) = path.strip_prefix(self.base.as_str()) else { return missing };
        if let Some(text) = locked(&self.pages).get(relative) {
            return (200, media_type(relative), text.clone().into_bytes());
        }
        let relative = if relative.is_empty() || relative.ends_with('/') {
            format!("{relative}index.html")
        } else {
            relative.to_owned()
        };
        let inside = Path::new(&relative).components().all(|part| matches!(part, Component::Normal(_)));
        match std::fs::read(self.folder.join(&relative)) {
            Ok(bytes) if inside => (200, media_type(&relative), bytes),
            _ => missing,
        }
    }

    fn head(&self, status: u16, kind: &str, compressed: bool, length: usize) -> String {
        let reason = if status == 200 { "OK" } else { "Not Found" };
        let mut head = format!(
            "HTTP/1.1 {status} {reason}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\
             X-Content-Type-Options: nosniff\r\nCache-Control: no-cache\r\n"
        );
        if !self.shut.load(Ordering::Relaxed) {
            head.push_str("Access-Control-Allow-Origin: *\r\n");
        }
        if compressed {
            head.push_str("Content-Encoding: gzip\r\n");
        }
        if let (Some(policy), true) = (&self.policy, kind.starts_with("text/html")) {
            head.push_str(&format!("Content-Security-Policy: {policy}\r\n"));
        }
        head.push_str("\r\n");
        head
    }
}

/// As hosts do it, at the level that is usual for them.
fn gzipped(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn compresses(kind: &str) -> bool {
    !kind.starts_with("image/png") && !kind.starts_with("font/")
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "md" | "mmd" | "lanes" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(base: &str) -> Shared {
        Shared {
            folder: Path::new(env!("CARGO_MANIFEST_DIR")).to_owned(),
            base: base.to_owned(),
            policy: Some(STRICT_POLICY.to_owned()),
            pages: Mutex::default(),
            silent: Mutex::default(),
            log: Mutex::default(),
            shut: AtomicBool::new(false),
            stopped: AtomicBool::new(false),
        }
    }

    #[test]
    fn files_are_found_below_the_base_and_nowhere_else() {
        let shared = shared("/deep/path/");
        assert_eq!(shared.find("/deep/path/webdriver.json?x=1").0, 200);
        assert_eq!(shared.find("/webdriver.json").0, 404);
        assert_eq!(shared.find("/deep/path/../e2e/webdriver.json").0, 404);
        assert_eq!(shared.find("/deep/path//etc/hostname").0, 404);
    }

    #[test]
    fn only_pages_carry_the_policy() {
        let shared = shared("/");
        assert!(
            shared.head(200, media_type("a.html"), false, 1).contains("Content-Security-Policy: default-src 'none'")
        );
        assert!(!shared.head(200, media_type("a.wasm"), true, 1).contains("Security-Policy"));
    }
}
