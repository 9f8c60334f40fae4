use alloc::vec::Vec;

/// At least one; the first needs no allocation.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Few<T> {
    first: T,
    more: Vec<T>,
}

impl<T> Few<T> {
    pub(crate) const fn one(first: T) -> Self {
        Self { first, more: Vec::new() }
    }

    pub(crate) fn push(&mut self, next: T) {
        self.more.push(next);
    }

    /// The first.
    pub const fn first(&self) -> &T {
        &self.first
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        core::iter::once(&self.first).chain(&self.more)
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        core::iter::once(&mut self.first).chain(&mut self.more)
    }

    /// How many.
    pub fn count(&self) -> u64 {
        self.more.len() as u64 + 1
    }
}
