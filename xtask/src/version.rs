//! Version numbers: comparing them, and reading them out of Cargo's files and
//! out of what programs print about themselves.

/// A version number of three parts; what follows them is not looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version {
    major: u32,
    minor: u32,
    patch: u32,
}

impl Version {
    /// Reads `1.95`, `1.95.0`, `v20.20.2` or `1.97.0-nightly`; missing parts
    /// are zero.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches('v');
        let numbers = text.split(['-', '+', ' ']).next()?;
        let mut parts = numbers.split('.').map(str::parse);
        let mut next = || parts.next().unwrap_or(Ok(0)).ok();
        let version = Self { major: next()?, minor: next()?, patch: next()? };
        parts.next().is_none().then_some(version)
    }

    /// The folder of a release: one for all that differ in their last number.
    pub(crate) fn folder(self) -> String {
        format!("v{}.{}", self.major, self.minor)
    }
}

/// The version in what a program prints about itself: the first word that is
/// one (`rustc 1.95.0 (59807616e 2026-04-14)`, `v20.20.2`, `trunk 0.21.14`).
pub(crate) fn in_output(output: &str) -> Option<&str> {
    output.split_whitespace().find(|word| word.contains('.') && Version::parse(word).is_some())
}

/// The exact version of `package` that a `Cargo.lock` names.
pub(crate) fn in_lock_file<'a>(lock_file: &'a str, package: &str) -> Option<&'a str> {
    lock_file.split("[[package]]").skip(1).find_map(|entry| {
        let name = string_value(entry, "name")?;
        (name == package).then(|| string_value(entry, "version"))?
    })
}

/// The `rust-version` of the package in a `Cargo.toml`.
pub(crate) fn rust_version(manifest: &str) -> Option<&str> {
    string_value(package(manifest)?, "rust-version")
}

/// The version of the package in a `Cargo.toml`.
pub(crate) fn of_package(manifest: &str) -> Option<&str> {
    string_value(package(manifest)?, "version")
}

fn package(manifest: &str) -> Option<&str> {
    manifest.split_once("[package]")?.1.split("\n[").next()
}

/// The string in the line `key = "string"` of a piece of TOML.
fn string_value<'a>(toml: &'a str, key: &str) -> Option<&'a str> {
    toml.lines().find_map(|line| {
        let (name, value) = line.split_once('=')?;
        let value = value.trim().strip_prefix('"')?;
        (name.trim() == key).then(|| value.split('"').next())?
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> Version {
        Version::parse(text).unwrap_or_else(|| panic!("{text} is a version"))
    }

    #[test]
    fn versions_compare_by_number_not_by_letter() {
        assert!(version("1.95.0") > version("1.9.3"));
        assert!(version("v20.20.2") >= version("20"));
        assert!(version("1.95") == version("1.95.0"));
        assert!(version("1.97.0-nightly") > version("1.95"));
    }

    #[test]
    fn releases_share_a_folder_but_for_their_last_number() {
        assert_eq!(version("v1.12.3").folder(), "v1.12");
        assert_eq!(version("2").folder(), "v2.0");
    }

    #[test]
    fn what_is_no_version_is_none() {
        for text in ["", "rustc", "1.x", "1.2.3.4", "(59807616e"] {
            assert_eq!(Version::parse(text), None, "{text}");
        }
    }

    #[test]
    fn programs_tell_their_version() {
        let rustc = "rustc 1.95.0 (59807616e 2026-04-14)\n";
        assert_eq!(in_output(rustc), Some("1.95.0"));
        assert_eq!(in_output("trunk 0.21.14\n"), Some("0.21.14"));
        assert_eq!(in_output("v20.20.2\n"), Some("v20.20.2"));
        assert_eq!(in_output("command not found"), None);
    }

    #[test]
    fn the_lock_file_names_exact_versions() {
        let lock_file = r#"
version = 4

[[package]]
name = "wasm-bindgen-macro"
version = "0.2.99"

[[package]]
name = "wasm-bindgen"
version = "0.2.130"
dependencies = [
 "once_cell",
]
"#;
        assert_eq!(in_lock_file(lock_file, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(in_lock_file(lock_file, "web-sys"), None);
    }

    #[test]
    fn the_manifest_names_the_oldest_compiler() {
        let manifest =
            "[package]\nname = \"a\"\nrust-version = \"1.95\"\nversion = \"0.3.1\"\n\n[lib]\n";
        assert_eq!(rust_version(manifest), Some("1.95"));
        assert_eq!(of_package(manifest), Some("0.3.1"));
        let elsewhere = "[package]\nname = \"a\"\n\n[other]\nrust-version = \"1.0\"\n";
        assert_eq!(rust_version(elsewhere), None);
    }
}
