//! Just enough HTTP to talk to a driver on this machine: one request a connection.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

use crate::failure::{Failure, Result};

/// No answer of a driver takes longer: scripts and page loads have shorter limits of their own.
const PATIENCE: Duration = Duration::from_secs(150);

/// Sends a request with a JSON body and returns the body of the answer, whatever its status: WebDriver puts errors there.
pub(crate) fn request(port: u16, method: &str, path: &str, body: &str) -> Result<String> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\
         Content-Type: application/json; charset=utf-8\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    // The length is heeded, for a driver may keep the connection open though asked to close it.
    let mut chunk = [0; 1 << 16];
    loop {
        if let Some(whole) = body_of(&answer) {
            return Ok(String::from_utf8_lossy(whole).into_owned());
        }
        match stream.read(&mut chunk)? {
            0 => {
                return Err(Failure::new("The driver closed the connection in the middle of an answer: did it crash?"));
            }
            n => answer.extend_from_slice(&chunk[..n]),
        }
    }
}

/// The body, once all of it is there.
fn body_of(answer: &[u8]) -> Option<&[u8]> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&answer[..end]).ok()?;
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok()).flatten()
    })?;
    answer[end + 4..].get(..length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_there_when_all_its_bytes_are() {
        let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello";
        assert_eq!(body_of(answer), Some(&b"hello"[..]));
        assert_eq!(body_of(&answer[..answer.len() - 1]), None);
        assert_eq!(body_of(&answer[..20]), None);
    }
}
