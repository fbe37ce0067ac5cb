//! A list that items are kept in or not without a branch: a processor cannot foresee which words of a
//! text begin a name.

/// Memory for some items, of which the first `count` are held.
#[derive(Debug)]
pub(crate) struct Batch<T> {
    items: Vec<T>,
    count: usize,
}

impl<T> Default for Batch<T> {
    fn default() -> Self {
        Self { items: Vec::new(), count: 0 }
    }
}

impl<T: Copy + Default> Batch<T> {
    /// Empties it and makes room for so many items to be offered.
    pub(crate) fn clear(&mut self, offers: usize) {
        self.count = 0;
        // What is offered is written first, and overwritten if it is not kept.
        if self.items.len() <= offers {
            self.items.resize(offers + 1, T::default());
        }
    }

    /// Adds an item if it is to be kept.
    #[inline]
    pub(crate) fn offer(&mut self, item: T, keep: bool) {
        self.items[self.count] = item;
        self.count += usize::from(keep);
    }

    /// Holds those items that are to be kept, and no others.
    #[inline]
    pub(crate) fn fill(&mut self, offers: impl ExactSizeIterator<Item = (T, bool)>) {
        self.clear(offers.len());
        let items = &mut self.items[..];
        let mut count = 0;
        for (item, keep) in offers {
            items[count] = item;
            count += usize::from(keep);
        }
        self.count = count;
    }

    /// Changes every item, and keeps those that `keep` says of.
    #[inline]
    pub(crate) fn retain(&mut self, mut keep: impl FnMut(&mut T) -> bool) {
        let items = &mut self.items[..];
        let mut count = 0;
        for index in 0..self.count {
            let mut item = items[index];
            let kept = keep(&mut item);
            items[count] = item;
            count += usize::from(kept);
        }
        self.count = count;
    }

    /// The items that are held.
    #[inline]
    pub(crate) fn held(&self) -> &[T] {
        &self.items[..self.count]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_it_is_told_to() {
        let mut batch = Batch::default();
        for _ in 0..2 {
            batch.clear(10);
            (0..10).for_each(|number| batch.offer(number, number % 3 == 0));
            assert_eq!(batch.held(), [0, 3, 6, 9]);
            batch.retain(|number| {
                *number += 1;
                *number != 4
            });
            assert_eq!(batch.held(), [1, 7, 10]);
            batch.fill((0..20).map(|number| (number, number > 16)));
            assert_eq!(batch.held(), [17, 18, 19]);
        }
    }
}
