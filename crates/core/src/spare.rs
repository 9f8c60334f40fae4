use alloc::rc::Rc;
use alloc::vec::Vec;
use core::hash::{Hash, Hasher};

use crate::batch::ProduceRequest;

/// How many are kept at the most.
const KEPT: usize = 64;

/// Requests that came to their end, whose memory the next ones take: else each would ask for some of its own. They are no
/// part of a world: a copy begins with none, and no two worlds differ by them.
#[derive(Debug, Default)]
pub(crate) struct Spare(Vec<Rc<ProduceRequest>>);

impl Spare {
    /// `request`, in memory of its own or of one before it.
    pub(crate) fn fill(&mut self, request: ProduceRequest) -> Rc<ProduceRequest> {
        let Some(mut place) = self.0.pop() else { return Rc::new(request) };
        match Rc::get_mut(&mut place) {
            Some(old) => *old = request,
            None => place = Rc::new(request),
        }
        place
    }

    /// Nobody needs it any more, but for who holds it too.
    pub(crate) fn keep(&mut self, request: Rc<ProduceRequest>) {
        if self.0.len() < KEPT && Rc::strong_count(&request) == 1 {
            self.0.push(request);
        }
    }
}

impl Clone for Spare {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl PartialEq for Spare {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Spare {}

impl Hash for Spare {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}
