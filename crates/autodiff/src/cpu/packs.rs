//! Memory for packs.

use crate::cpu::layout::{LANES, Pack};
use std::ops::{Deref, DerefMut};

/// Bytes of a line of a processor's cache.
const LINE: usize = 64;
/// Numbers of one.
const NUMBERS: usize = LINE / size_of::<f32>();

/// Packs that begin where a line of the processor's cache does. Allocators promise eight bytes in WebAssembly and sixteen elsewhere: then
/// every other register would be filled from two lines, which takes longer.
#[derive(Debug, Default)]
pub(crate) struct Packs {
    numbers: Vec<f32>,
    first: usize,
    count: usize,
}

impl Packs {
    /// So many zeros.
    pub(crate) fn zeros(count: usize) -> Self {
        let numbers = vec![0.0; count * LANES + NUMBERS];
        let first = numbers.as_ptr().align_offset(LINE).min(NUMBERS);
        Self { numbers, first, count }
    }

    /// So many of them, whatever lies there.
    pub(crate) fn room(&mut self, count: usize) -> &mut [Pack] {
        if self.count < count {
            *self = Self::zeros(count);
        }
        &mut self[..count]
    }
}

/// A copy begins where a line does, too.
impl Clone for Packs {
    fn clone(&self) -> Self {
        let mut copy = Self::zeros(self.count);
        copy.copy_from_slice(self);
        copy
    }
}

impl Deref for Packs {
    type Target = [Pack];

    fn deref(&self) -> &[Pack] {
        self.numbers[self.first..][..self.count * LANES].as_chunks().0
    }
}

impl DerefMut for Packs {
    fn deref_mut(&mut self) -> &mut [Pack] {
        self.numbers[self.first..][..self.count * LANES].as_chunks_mut().0
    }
}

#[cfg(test)]
mod tests {
    use super::{LINE, Packs};
    use crate::cpu::layout::Pack;

    #[test]
    fn packs_begin_where_a_line_does_also_as_copies_and_when_there_are_more_of_them() {
        let begins = |packs: &[Pack]| packs.as_ptr().addr() % LINE;
        for count in [1, 3, 8, 100, 1000] {
            let mut packs = Packs::zeros(count);
            packs[count - 1] = [2.0; 8];
            assert_eq!((begins(&packs), packs.len()), (0, count));
            let mut copy = packs.clone();
            assert_eq!((begins(&copy), copy[count - 1], &copy[..]), (0, [2.0; 8], &packs[..]));
            let room = copy.room(3 * count);
            assert_eq!((begins(room), room.len()), (0, 3 * count));
            assert_eq!(copy.room(1).len(), 1);
        }
        assert!(Packs::default().is_empty());
        assert_eq!(Packs::default().room(2).len(), 2);
    }
}
