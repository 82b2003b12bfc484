//! Serving the page on this machine, and building it anew when a source changes.

use std::io::{self, BufRead, BufReader, Read as _, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::build::{self, Purpose};
use crate::failure::{Failure, Result};
use crate::page::Page;
use crate::project::Project;
use crate::say;
use crate::sources::Sources;

/// How often the sources are looked at.
const POLL: Duration = Duration::from_millis(300);

/// A browser that says nothing for so long has gone.
const PATIENCE: Duration = Duration::from_secs(10);

/// The most bytes of a request; the page asks with a few hundred.
const LONGEST_REQUEST: u64 = 16 * 1024;

/// How the page is served.
pub(crate) struct Serving {
    /// The port on 127.0.0.1.
    pub(crate) port: u16,
    /// Whether a browser is opened once the page is there.
    pub(crate) open: bool,
    /// Whether the page is compiled for debugging, not for speed.
    pub(crate) debug: bool,
}

/// The page that was built last.
type Current = Arc<Mutex<Arc<Page>>>;

/// Builds the page, serves it, and builds it anew on every change, until it is ended.
pub(crate) fn serve(project: &Project, serving: &Serving) -> Result<()> {
    let port = serving.port;
    let address = format!("http://127.0.0.1:{port}/");
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| {
        Failure::new(format!(
            "port {port} cannot be used ({error}): \
             end what is served there, or choose another with --port"
        ))
    })?;
    let purpose = if serving.debug { Purpose::Debugged } else { Purpose::Served };
    let first = format!("building the page, to serve it on {address} until Ctrl-C is pressed");
    project.say().begin(&first);
    let mut listener = Some(listener);
    let mut current: Option<Current> = None;
    loop {
        // Before the build: what changes during it is then seen behind it.
        let sources = Sources::of(project);
        let start = Instant::now();
        match (build::page(project, purpose), &current) {
            (Ok(page), Some(current)) => {
                *current.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(page);
                let time = say::time(start.elapsed());
                project.say().detail(&format!("built in {time}: reload {address}"));
            }
            (Ok(page), None) => {
                let page = Arc::new(Mutex::new(Arc::new(page)));
                // A browser that asked meanwhile has waited.
                if let Some(listener) = listener.take() {
                    let page = Arc::clone(&page);
                    thread::spawn(move || answer_all(&listener, &page));
                }
                current = Some(page);
                project.say().begin(&format!("the page is on {address}"));
                if serving.open {
                    open(project, &address);
                }
            }
            (Err(failure), served) => {
                project.say().begin(&failure.to_string());
                let then =
                    if served.is_some() { "the page from before is served" } else { "no page yet" };
                project.say().detail(&format!("{then}; a change of the sources builds it anew"));
            }
        }
        while Sources::of(project) == sources {
            thread::sleep(POLL);
        }
        project.say().begin("a source has changed");
    }
}

/// Opens a browser; that there is none is no reason to stop.
fn open(project: &Project, address: &str) {
    let (program, arguments): (&str, &[&str]) = if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    if project.run(project.command(program).args(arguments).arg(address)).is_err() {
        project.say().detail(&format!("no browser could be opened; open {address} in one"));
    }
}

/// Answers every browser that asks, each in a thread of its own.
fn answer_all(listener: &TcpListener, current: &Current) {
    for stream in listener.incoming().flatten() {
        let page = Arc::clone(&current.lock().unwrap_or_else(PoisonError::into_inner));
        // A browser that goes away before it has its answer is no failure.
        thread::spawn(move || drop(answer(&stream, &page)));
    }
}

/// Reads one request and answers it.
fn answer(mut stream: &TcpStream, page: &Page) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut reader = BufReader::new(stream.take(LONGEST_REQUEST));
    let request = request(&mut reader)?;
    stream.write_all(&response(&request, page))?;
    stream.flush()
}

/// The first line of a request; the lines behind it, which say nothing that matters here,
/// are read as well, since a browser may take an answer before that for a fault.
fn request(reader: &mut impl BufRead) -> io::Result<String> {
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut line = String::new();
    while reader.read_line(&mut line)? > 0 && !line.trim().is_empty() {
        line.clear();
    }
    Ok(first)
}

/// The answer to a request with this first line.
fn response(request: &str, page: &Page) -> Vec<u8> {
    let mut words = request.split_whitespace();
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let is_known = matches!(method, "GET" | "HEAD");
    let name = name_of(target);
    let file = name.as_deref().and_then(|name| page.get(name).map(|content| (name, content)));
    let (status, kind, content) = match file {
        _ if !is_known => ("405 Method Not Allowed", "text/plain", &b"only GET and HEAD\n"[..]),
        Some((name, content)) => ("200 OK", kind_of(name), content),
        None => ("404 Not Found", "text/plain", &b"not found\n"[..]),
    };
    let length = content.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\
         Cache-Control: no-cache\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n"
    );
    let mut response = head.into_bytes();
    if method != "HEAD" {
        response.extend_from_slice(content);
    }
    response
}

/// The name of the file that an address asks for. What is served is a list of names, so
/// that no address leads out of it.
fn name_of(target: &str) -> Option<String> {
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let name = decode(path)?;
    Some(if name.is_empty() { "index.html".into() } else { name })
}

/// Text with its percent signs read, unless it is none.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut parts = text.split('%');
    bytes.extend_from_slice(parts.next()?.as_bytes());
    for part in parts {
        let digits =
            part.get(..2).filter(|two| two.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).ok()
}

/// What a file holds, by the end of its name.
fn kind_of(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::tests::page;

    fn served() -> Page {
        page(&[("index.html", "<!doctype html>"), ("a b.wasm", "\0asm"), ("c/d.js", "1")])
    }

    /// Status, type and content of the answer.
    fn asked(request: &str) -> (String, String, String) {
        let response = String::from_utf8(response(request, &served())).unwrap_or_default();
        let (head, content) = response.split_once("\r\n\r\n").unwrap_or_default();
        let line = |start: &str| {
            let line = head.lines().find_map(|line| line.strip_prefix(start));
            line.unwrap_or_default().to_owned()
        };
        assert_eq!(line("Cache-Control: "), "no-cache");
        (line("HTTP/1.1 ")[..3].to_owned(), line("Content-Type: "), content.to_owned())
    }

    #[test]
    fn files_are_answered_with_their_type() {
        let html = ("200".into(), "text/html; charset=utf-8".into(), "<!doctype html>".into());
        assert_eq!(asked("GET / HTTP/1.1\r\n"), html);
        assert_eq!(asked("GET /index.html?a=%zz#b HTTP/1.1"), html);
        let module = ("200".into(), "application/wasm".into(), "\0asm".into());
        assert_eq!(asked("GET /a%20b.wasm HTTP/1.1"), module);
        let script = ("200".into(), "text/javascript; charset=utf-8".into(), "1".into());
        assert_eq!(asked("GET /c/d.js HTTP/1.1"), script);
        let (status, kind, content) = asked("HEAD /c/d.js HTTP/1.1");
        assert_eq!((&*status, &*kind, &*content), ("200", &*script.1, ""));
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        for target in [
            "/d.js",
            "/c",
            "/c/",
            "/../Cargo.toml",
            "/%2e%2e/Cargo.toml",
            "//etc/passwd",
            "/%",
            "/%4",
            "/%+1",
            "/%ff",
            "/%é",
            "index.html",
            "",
            "http://127.0.0.1/",
        ] {
            assert_eq!(asked(&format!("GET {target} HTTP/1.1")).0, "404", "{target}");
        }
    }

    #[test]
    fn other_methods_are_refused() {
        assert_eq!(asked("POST / HTTP/1.1").0, "405");
        assert_eq!(asked("").0, "405");
    }

    #[test]
    fn a_browser_gets_the_page_of_the_moment() {
        let listener =
            TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap_or_else(|e| panic!("{e}"));
        let address = listener.local_addr().unwrap_or_else(|error| panic!("{error}"));
        let current: Current = Arc::new(Mutex::new(Arc::new(served())));
        let shared = Arc::clone(&current);
        // Ends with the test's program.
        thread::spawn(move || answer_all(&listener, &shared));
        let get = || {
            let mut stream = TcpStream::connect(address)?;
            stream.write_all(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")?;
            let mut text = String::new();
            stream.read_to_string(&mut text).map(|_| text)
        };
        let get = || get().unwrap_or_else(|error: io::Error| panic!("{error}"));
        assert!(get().ends_with("\r\n\r\n<!doctype html>"));
        *current.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(page(&[]));
        assert!(get().starts_with("HTTP/1.1 404 "));
    }
}
