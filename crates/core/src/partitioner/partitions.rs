/// The partitions of a topic as a producer's metadata has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Partitions<'a> {
    /// How many the topic has, at least 1.
    pub count: u32,
    /// Those whose leader is known, in order.
    pub available: &'a [u32],
}

impl Partitions<'_> {
    /// The available partition that a number falls on; where none is available, any.
    ///
    /// Kafka has these few lines in each of its partitioners. A negative number loses its sign bit, as
    /// `Utils.toPositive` does it.
    pub fn pick(&self, number: u32) -> u32 {
        let positive = number & 0x7fff_ffff;
        let index = positive.checked_rem(self.available.len() as u32);
        let picked = index.and_then(|index| self.available.get(index as usize));
        picked.copied().unwrap_or(positive % self.count.max(1))
    }
}
