use alloc::collections::{BTreeMap, BTreeSet};
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use crate::partitioner::murmur2;

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

/// All keys of a world.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(crate) struct Keys {
    keys: Vec<Key>,
    ids: BTreeMap<Rc<str>, KeyId>,
}

impl Keys {
    /// The id of `text`, which is new from now on if it was not there.
    pub(crate) fn intern(&mut self, text: &str) -> KeyId {
        if let Some(id) = self.ids.get(text) {
            return *id;
        }
        // `limits::MAX_KEYS` and `limits::MAX_ACTIONS` keep this far below 2^32.
        let id = KeyId(self.keys.len() as u32);
        let text: Rc<str> = text.into();
        self.keys.push(Key { text: text.clone(), hash: murmur2(text.as_bytes()) });
        self.ids.insert(text, id);
        id
    }

    /// A key of this table: every [`KeyId`] in a world comes from its own table.
    pub(crate) fn at(&self, id: KeyId) -> &Key {
        &self.keys[id.0 as usize]
    }

    pub(crate) fn knows(&self, text: &str) -> bool {
        self.ids.contains_key(text)
    }

    /// How many of `texts` are not here yet.
    pub(crate) fn count_new(&self, texts: &[String]) -> usize {
        let new: BTreeSet<&str> = texts.iter().map(|text| &**text).filter(|text| !self.knows(text)).collect();
        new.len()
    }

    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }
}
