//! Any text after `#play/` is refused with a sentence, and becomes, as far as it can be read, a world that the engine
//! accepts, and that world's own link becomes the same again.
#![no_main]

use kafka_lanes_core::partitioner::crc32;
use kafka_lanes_scenario::link::{FORMAT, Link, LinkFault, PREFIX};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match Link::read(text) {
        Err(broken) => {
            assert!(!broken.fault.to_string().is_empty());
            if let Some(part) = broken.part {
                check(&part.link);
            }
        }
        Ok(opened) => check(&opened.link),
    }
    // The fuzzer will not guess a checksum: here the text is what a link of this engine holds.
    let packed = &text.as_bytes()[..text.len().min(2_048)];
    let mut bytes = vec![FORMAT, 0, 0];
    bytes.extend(crc32(packed).to_be_bytes());
    bytes.extend(packed);
    if let Ok(opened) = Link::read(&[PREFIX, &base64url(&bytes)].concat()) {
        check(&opened.link);
    }
});

fn check(link: &Link) {
    if let Err(refusal) = link.history() {
        panic!("the engine refuses what the reader gave: {refusal:?}");
    }
    match link.write() {
        Ok(text) => assert_eq!(&Link::read(&text).expect("what was written is read").link, link),
        Err(fault) => assert!(matches!(fault, LinkFault::TooBig { .. } | LinkFault::TooBigUnpacked), "{fault}"),
    }
}

fn base64url(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bit = |place: usize| bytes.get(place / 8).map_or(0, |byte| byte >> (7 - place % 8) & 1);
    let digits = (bytes.len() * 8).div_ceil(6);
    (0..digits).map(|digit| ALPHABET[usize::from((0..6).fold(0, |d, n| d << 1 | bit(digit * 6 + n)))] as char).collect()
}
