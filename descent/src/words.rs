//! A name in every language the page speaks.

/// The languages the page speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Language {
    /// Both, in the order of the switch.
    pub const ALL: [Self; 2] = [Self::English, Self::Chinese];
}

/// A short name in English and Chinese, kept beside the rule it names so that a
/// rule stays one file. A missing language is a compile error. Every other word
/// a person reads belongs to the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// English.
    pub en: &'static str,
    /// Simplified Chinese.
    pub zh: &'static str,
}

impl Words {
    /// The words in `language`.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &'static str {
        match language {
            Language::English => self.en,
            Language::Chinese => self.zh,
        }
    }
}
