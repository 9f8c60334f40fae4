use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use crate::partitioner::murmur2;
use crate::sorted::SortedSet;

/// A key of this world: its place in the order in which keys first came up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub u32);

/// A key with its hash, which is computed once.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key {
    /// Its text; Kafka sees the UTF-8 bytes.
    pub text: Rc<str>,
    /// [`murmur2`] of its bytes.
    pub hash: i32,
}

/// All keys of a world. A checkpoint shares them with the world until one of the two gets another key.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(crate) struct Keys {
    table: Rc<Table>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
struct Table {
    keys: Vec<Key>,
    /// The ids in the order of the keys' texts.
    by_text: Vec<KeyId>,
}

impl Keys {
    /// The id of `text`, which is new from now on if it was not there.
    pub(crate) fn intern(&mut self, text: &str) -> KeyId {
        let place = match self.table.find(text) {
            Ok(id) => return id,
            Err(place) => place,
        };
        let table = Rc::make_mut(&mut self.table);
        // `limits::MAX_KEYS` and `limits::MAX_ACTIONS` keep this far below 2^32.
        let id = KeyId(table.keys.len() as u32);
        table.keys.push(Key { text: text.into(), hash: murmur2(text.as_bytes()) });
        table.by_text.insert(place, id);
        id
    }

    /// A key of this table: every [`KeyId`] in a world comes from its own table.
    pub(crate) fn at(&self, id: KeyId) -> &Key {
        self.table.at(id)
    }

    pub(crate) fn knows(&self, text: &str) -> bool {
        self.table.find(text).is_ok()
    }

    /// How many of `texts` are not here yet.
    pub(crate) fn count_new(&self, texts: &[String]) -> usize {
        let new: SortedSet<&str> = texts.iter().map(|text| &**text).filter(|text| !self.knows(text)).collect();
        new.len()
    }

    pub(crate) fn len(&self) -> usize {
        self.table.keys.len()
    }
}

impl Table {
    fn at(&self, id: KeyId) -> &Key {
        &self.keys[id.0 as usize]
    }

    /// The id of `text`, or its place among the texts.
    fn find(&self, text: &str) -> Result<KeyId, usize> {
        let place = self.by_text.binary_search_by(|id| (*self.at(*id).text).cmp(text))?;
        Ok(self.by_text[place])
    }
}
