//! A value cached by what it was made from.

/// The latest value and the key it was made from.
pub(super) struct Memo<K, V> {
    entry: Option<(K, V)>,
    generation: u64,
    made: u64,
}

impl<K: PartialEq, V> Memo<K, V> {
    /// Nothing yet.
    pub(super) fn empty() -> Self {
        Self::counting_from(0)
    }

    /// Nothing yet, but not the first of its kind: what was made from another in its place
    /// is not taken for its own.
    pub(super) fn counting_from(count: u64) -> Self {
        Self { entry: None, generation: count, made: count }
    }

    /// Makes the value anew if the key has changed; says whether it did. The old
    /// value is handed to `make`, which may use its memory.
    pub(super) fn refresh(&mut self, key: K, make: impl FnOnce(&K, Option<V>) -> V) -> bool {
        if self.entry.as_ref().is_some_and(|(old, _)| *old == key) {
            return false;
        }
        let old = self.entry.take().map(|(_, value)| value);
        let value = make(&key, old);
        self.entry = Some((key, value));
        self.generation += 1;
        self.made += 1;
        true
    }

    /// The value has changed although what it is made from has not: it has gone on being
    /// made.
    pub(super) fn touch(&mut self) {
        self.generation += 1;
    }

    /// Gives the value up.
    pub(super) fn forget(&mut self) {
        self.entry = None;
    }

    /// The value.
    pub(super) fn get(&self) -> &V {
        &self.entry.as_ref().expect("refreshed before it is read").1
    }

    /// The value, to go on making it.
    pub(super) fn get_mut(&mut self) -> &mut V {
        &mut self.entry.as_mut().expect("refreshed before it is read").1
    }

    /// What the value was made from.
    pub(super) fn key(&self) -> Option<&K> {
        self.entry.as_ref().map(|(key, _)| key)
    }

    /// The value, if it was made.
    pub(super) fn peek(&self) -> Option<&V> {
        self.entry.as_ref().map(|(_, value)| value)
    }

    /// The value, if it was made, to go on making it.
    pub(super) fn peek_mut(&mut self) -> Option<&mut V> {
        self.entry.as_mut().map(|(_, value)| value)
    }

    /// Counts how often it was begun anew, whatever became of it since.
    pub(super) fn made(&self) -> u64 {
        self.made
    }

    /// Counts the values made so far: a key for what is made from this one.
    pub(super) fn generation(&self) -> u64 {
        self.generation
    }
}
