//! Which texts of the module's data go into the second part: those that only functions of the second part lead to.
//!
//! Nothing in a finished module says where one thing in its data ends and the next begins. So an address that code or
//! data mention begins a piece, and the next such address ends it. From the first part's functions on, all pieces are
//! found that they can come to by such addresses; a piece of text that is not among them comes later. Should that be
//! wrong for one, a text shows blanks until the second part is there: nothing but text is ever left out, templates of
//! `format!` and tables of texts among it. Where in our sources a panic was can always come later.

use std::collections::BTreeSet;
use std::ops::Range;

use wasm_encoder::{ConstExpr, DataSection};
use wasmparser::{DataKind, DataSectionReader, MemArg, Operator};

use crate::module::{Module, constant, section, text};
use crate::seam::Seam;

/// A text that is shorter stays: to say where it belongs would take more.
const SHORTEST: usize = 16;

/// Bytes of the largest entry of a table.
const ENTRY: u32 = 16;

/// The data of both parts.
pub(crate) struct Texts {
    segments: Vec<(u32, Vec<u8>)>,
    /// What comes later, by address; apart, and each within a segment.
    later: Vec<Range<u32>>,
}

impl Texts {
    /// # Errors
    ///
    /// What in the data no build of ours has.
    pub(crate) fn find(module: &Module<'_>, seam: &Seam) -> Result<Self, String> {
        let mut texts = Self { segments: segments(module)?, later: Vec::new() };
        let mut hot = BTreeSet::new();
        let mut known = texts.words(0..u32::MAX);
        for function in module.own() {
            let addresses = addresses(module, function)?;
            let addresses = addresses.into_iter().filter(|address| texts.segment(*address).is_some());
            for address in addresses {
                known.insert(address);
                if !seam.rest.contains(&function) {
                    hot.insert(address);
                }
            }
        }
        let mut open: Vec<u32> = hot.iter().copied().collect();
        while !open.is_empty() {
            while let Some(at) = open.pop() {
                let piece = texts.piece(at, &known);
                if !texts.is_text(&piece) {
                    open.extend(texts.words(piece).into_iter().filter(|address| hot.insert(*address)));
                }
            }
            open.extend(texts.needed_tables(&known, &hot).into_iter().filter(|address| hot.insert(*address)));
        }
        let mut later: Vec<Range<u32>> = Vec::new();
        for at in &known {
            let piece = texts.piece(*at, &known);
            let tells_of_panic = texts.bytes(&piece).ends_with(b".rs") || texts.is_place(&piece);
            let is_needed = hot.contains(at) && !tells_of_panic;
            match later.last_mut() {
                _ if is_needed || !(texts.is_text(&piece) || texts.is_table(&piece) || tells_of_panic) => {}
                Some(last) if last.end == piece.start && texts.segment(last.start) == texts.segment(*at) => {
                    last.end = piece.end;
                }
                _ => later.push(piece),
            }
        }
        texts.later = later;
        texts.later.retain(|range| range.len() >= SHORTEST);
        Ok(texts)
    }

    /// Pieces of tables that the first part may come to though nothing mentions their beginning: code that walks through a
    /// table may mention its end, an entry on the way, or, where it counts from 1, what would be the entry before the first.
    fn needed_tables(&self, known: &BTreeSet<u32>, hot: &BTreeSet<u32>) -> BTreeSet<u32> {
        let mut needed = BTreeSet::new();
        let mut run: Vec<Range<u32>> = Vec::new();
        for at in known.iter().chain([&u32::MAX]) {
            let piece = self.piece(*at, known);
            if !self.is_table(&piece) || run.last().is_some_and(|last| last.end != piece.start) {
                if let [first, ..] = &*run
                    && let Some(last) = run.last()
                    && hot.range(first.start.saturating_sub(ENTRY)..=last.end).next().is_some()
                {
                    needed.extend(run.iter().map(|piece| piece.start));
                }
                run.clear();
            }
            if self.is_table(&piece) {
                run.push(piece);
            }
        }
        needed
    }

    /// The data of the first part: all but what comes later.
    pub(crate) fn first(&self) -> DataSection {
        let mut data = DataSection::new();
        for (from, bytes) in &self.segments {
            let end = from + bytes.len() as u32;
            let cuts = self.later.iter().filter(|range| range.start >= *from && range.end <= end);
            let mut at = *from;
            let mut piece = |at: u32, to: u32| {
                let bytes = &bytes[(at - from) as usize..(to - from) as usize];
                if !bytes.is_empty() {
                    data.active(0, &ConstExpr::i32_const(at.cast_signed()), bytes.iter().copied());
                }
            };
            for cut in cuts {
                piece(at, cut.start);
                at = cut.end;
            }
            piece(at, end);
        }
        data
    }

    /// The data of the second part.
    pub(crate) fn rest(&self) -> DataSection {
        let mut data = DataSection::new();
        for range in &self.later {
            let bytes = self.bytes(range).iter().copied();
            data.active(0, &ConstExpr::i32_const(range.start.cast_signed()), bytes);
        }
        data
    }

    /// The segment that holds an address.
    fn segment(&self, address: u32) -> Option<usize> {
        let after = self.segments.partition_point(|(from, _)| *from <= address);
        let index = after.checked_sub(1)?;
        let (from, bytes) = &self.segments[index];
        ((address - from) < bytes.len() as u32).then_some(index)
    }

    fn bytes(&self, range: &Range<u32>) -> &[u8] {
        let Some(index) = self.segment(range.start) else { return &[] };
        let (from, bytes) = &self.segments[index];
        let end = ((range.end - from) as usize).min(bytes.len());
        &bytes[(range.start - from) as usize..end]
    }

    /// From a known address to the next, or to the end of its segment.
    fn piece(&self, at: u32, known: &BTreeSet<u32>) -> Range<u32> {
        let Some(index) = self.segment(at) else { return at..at };
        let (from, bytes) = &self.segments[index];
        let end = from + bytes.len() as u32;
        at..known.range(at + 1..).next().map_or(end, |next| end.min(*next))
    }

    /// In a template of `format!` there are a few bytes between its texts that are none; in tables most are.
    fn is_text(&self, range: &Range<u32>) -> bool {
        let bytes = self.bytes(range);
        let printed = bytes.iter().filter(|byte| matches!(byte, b' '..=b'~' | b'\n')).count();
        !bytes.is_empty() && printed * 4 >= bytes.len() * 3
    }

    /// A table of texts: each an address and a length, or these and a number of 64 bits that fits 32. While it is left
    /// out it is a table of empty ones.
    fn is_table(&self, range: &Range<u32>) -> bool {
        let bytes = self.bytes(range);
        let is_text = |entry: &[u8]| self.segment(word(entry, 0)).is_some() && word(entry, 1) < 0x1_0000;
        let is_entry = |entry: &[u8]| is_text(entry) && (word(entry, 3) == 0 || is_text(&entry[8..]));
        let pairs = bytes.len().is_multiple_of(8) && bytes.chunks(8).all(is_text);
        let threes = bytes.len().is_multiple_of(16) && bytes.chunks(16).all(is_entry);
        range.start.is_multiple_of(4) && !bytes.is_empty() && (pairs || threes)
    }

    /// Places of our sources for panics: a file's name, a line, a column. While one is left out it has no name.
    fn is_place(&self, range: &Range<u32>) -> bool {
        let bytes = self.bytes(range);
        let is_one = |place: &[u8]| {
            let (address, length) = (word(place, 0), word(place, 1));
            let name = address..address.saturating_add(length);
            self.segment(address).is_some() && length < 0x400 && self.bytes(&name).ends_with(b".rs")
        };
        range.start.is_multiple_of(4)
            && !bytes.is_empty()
            && bytes.chunks(16).all(|place| place.len() == 16 && is_one(place))
    }

    /// The addresses that stand as words in the data of a range.
    fn words(&self, range: Range<u32>) -> BTreeSet<u32> {
        let mut words = BTreeSet::new();
        for (from, bytes) in &self.segments {
            let end = from + bytes.len() as u32;
            let (first, last) = (range.start.max(*from).next_multiple_of(4), range.end.min(end));
            for at in (first..last).step_by(4) {
                if let Some(word) = bytes.get((at - from) as usize..).and_then(|rest| rest.first_chunk::<4>()) {
                    words.insert(u32::from_le_bytes(*word));
                }
            }
        }
        words.retain(|address| self.segment(*address).is_some());
        words
    }
}

/// A word of some bytes; 0 behind their end.
fn word(bytes: &[u8], place: usize) -> u32 {
    let four = bytes.get(place * 4..).and_then(|rest| rest.first_chunk::<4>());
    four.map_or(0, |word| u32::from_le_bytes(*word))
}

fn segments(module: &Module<'_>) -> Result<Vec<(u32, Vec<u8>)>, String> {
    let mut segments = Vec::new();
    let Some(raw) = module.raw(section::DATA) else { return Ok(segments) };
    let reader = DataSectionReader::new(wasmparser::BinaryReader::new(raw, 0)).map_err(text)?;
    for data in reader {
        let data = data.map_err(text)?;
        let DataKind::Active { memory_index: 0, offset_expr } = data.kind else {
            return Err("it has data that no address is given for.".into());
        };
        segments.push((constant(&offset_expr)?, data.data.to_vec()));
    }
    segments.sort_by_key(|(from, _)| *from);
    Ok(segments)
}

/// Numbers in a function that may be addresses of data.
fn addresses(module: &Module<'_>, function: u32) -> Result<Vec<u32>, String> {
    let mut addresses = Vec::new();
    for operator in module.body(function).get_operators_reader().map_err(text)? {
        let operator = operator.map_err(text)?;
        match operator {
            Operator::I32Const { value } => addresses.push(value.cast_unsigned()),
            // Two addresses, or an address and a length, are written at once.
            Operator::I64Const { value } => {
                let value = value.cast_unsigned();
                addresses.extend([value as u32, (value >> 32) as u32]);
            }
            _ => addresses.extend(place(&operator).and_then(|place| u32::try_from(place.offset).ok())),
        }
    }
    Ok(addresses)
}

/// Where an instruction reads or writes memory.
fn place(operator: &Operator<'_>) -> Option<MemArg> {
    use Operator as O;
    match operator {
        O::I32Load { memarg }
        | O::I64Load { memarg }
        | O::F32Load { memarg }
        | O::F64Load { memarg }
        | O::I32Load8S { memarg }
        | O::I32Load8U { memarg }
        | O::I32Load16S { memarg }
        | O::I32Load16U { memarg }
        | O::I64Load8S { memarg }
        | O::I64Load8U { memarg }
        | O::I64Load16S { memarg }
        | O::I64Load16U { memarg }
        | O::I64Load32S { memarg }
        | O::I64Load32U { memarg }
        | O::I32Store { memarg }
        | O::I64Store { memarg }
        | O::F32Store { memarg }
        | O::F64Store { memarg }
        | O::I32Store8 { memarg }
        | O::I32Store16 { memarg }
        | O::I64Store8 { memarg }
        | O::I64Store16 { memarg }
        | O::I64Store32 { memarg } => Some(*memarg),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(segments: &[(u32, &[u8])]) -> Texts {
        Texts { segments: segments.iter().map(|(from, bytes)| (*from, bytes.to_vec())).collect(), later: Vec::new() }
    }

    #[test]
    fn a_piece_ends_where_the_next_is_mentioned() {
        let texts = texts(&[(1_000, b"one thingtwo"), (2_000, &[0xe8, 3, 0, 0, 9, 0, 0, 0])]);
        let known = BTreeSet::from([1_000, 1_009, 2_000]);
        assert_eq!(texts.piece(1_000, &known), 1_000..1_009);
        assert_eq!(texts.piece(1_009, &known), 1_009..1_012);
        assert_eq!(texts.words(2_000..2_008), BTreeSet::from([1_000]));
        assert!(texts.is_text(&(1_000..1_009)) && !texts.is_text(&(2_000..2_008)));
    }

    #[test]
    fn tables_of_texts_and_places_of_panics_are_known() {
        let table = [0xe8, 3, 0, 0, 4, 0, 0, 0, 0xec, 3, 0, 0, 4, 0, 0, 0];
        let texts = texts(&[
            (1_000, b"a.rsb.rs"),
            (2_000, &table),
            (3_000, &[0xe8, 3, 0, 0, 4, 0, 0, 0, 7, 0, 0, 0, 1, 0, 0, 0]),
        ]);
        assert!(texts.is_table(&(2_000..2_016)) && !texts.is_table(&(3_000..3_016)));
        assert!(texts.is_place(&(3_000..3_016)) && !texts.is_place(&(1_000..1_008)));
        assert!(!texts.is_table(&(2_000..2_012)), "half an entry");
    }

    #[test]
    fn what_comes_later_is_left_out_and_nothing_else() {
        let mut texts = texts(&[(8, b"abcdefgh"), (100, b"xyz")]);
        texts.later = vec![10..12, 14..16];
        let parts = [texts.first(), texts.rest()].map(|data| data.len());
        assert_eq!(parts, [3, 2], "ab, ef, xyz; and cd, gh");
    }
}
