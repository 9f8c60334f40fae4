//! Java's hash table, as it is built: buckets that double, with what is in them in the order in which it came.

/// A `java.util.HashMap` or `HashSet` of keys whose hashes are given.
#[derive(Clone)]
pub(crate) struct Table<K> {
    buckets: Vec<Vec<(u32, K)>>,
    len: usize,
}

impl<K: Copy + PartialEq> Table<K> {
    pub(crate) fn new() -> Self {
        Self { buckets: vec![Vec::new(); 16], len: 0 }
    }

    pub(crate) fn insert(&mut self, hash: u32, key: K) {
        let spread = hash ^ (hash >> 16);
        let buckets = self.buckets.len();
        self.buckets[spread as usize % buckets].push((spread, key));
        self.len += 1;
        if self.len > buckets * 3 / 4 {
            let old = std::mem::replace(&mut self.buckets, vec![Vec::new(); 2 * buckets]);
            for (spread, key) in old.into_iter().flatten() {
                self.buckets[spread as usize % (2 * buckets)].push((spread, key));
            }
        }
    }

    pub(crate) fn remove(&mut self, key: K) {
        for bucket in &mut self.buckets {
            if let Some(at) = bucket.iter().position(|(_, other)| *other == key) {
                bucket.remove(at);
                self.len -= 1;
            }
        }
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = K> {
        self.buckets.iter().flatten().map(|(_, key)| *key)
    }
}

/// `String.hashCode`.
pub(crate) fn hash(text: &str) -> u32 {
    text.encode_utf16().fold(0, |hash: u32, unit| hash.wrapping_mul(31).wrapping_add(unit.into()))
}
