//! The site of the releases: the latest page at its root, and each under its version.

use std::path::Path;

use crate::failure::{Result, fail};
use crate::page::Page;
use crate::project::Project;
use crate::version::{self, Version};

/// Lays the built page at the root of the folder `site` and below `vX.Y/`; the other versions
/// stay. `version` is the release's tag, and must be the version of Cargo.toml.
pub(crate) fn lay(project: &Project, version: &str, site: &Path) -> Result<()> {
    let manifest = project.read("Cargo.toml")?;
    let own = version::of_package(&manifest).and_then(Version::parse);
    let Some(release) = Version::parse(version) else {
        fail!("{version:?} is no version; they read v1.2.3");
    };
    if own != Some(release) {
        let own = version::of_package(&manifest).unwrap_or_default();
        fail!("the release is {version}, and Cargo.toml says {own}");
    }
    let page = Page::built(project)?;
    let folder = release.folder();
    place(&page, &folder, site)?;
    project.say().begin(&format!("laid the page at {0}/ and {0}/{folder}/", site.display()));
    Ok(())
}

/// Replaces the page at the root and in `folder`.
fn place(page: &Page, folder: &str, site: &Path) -> Result<()> {
    page.write(site, is_kept)?;
    page.write(&site.join(folder), |_| false)
}

/// Whether something at the root of the site is not of the page there: another version, or
/// what the host keeps for itself (`.git`, `.nojekyll`, `CNAME`).
fn is_kept(name: &str) -> bool {
    let version =
        name.strip_prefix('v').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    name.starts_with('.') || name == "CNAME" || version.and_then(Version::parse).is_some()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::page::tests::{folder, page};

    #[test]
    fn the_latest_page_is_at_the_root_and_older_versions_stay() {
        let site = folder("site");
        let old = page(&[("index.html", "old"), ("gone.css", "")]);
        let new = page(&[("index.html", "new"), ("style.css", "")]);
        let lay =
            |page, folder| place(page, folder, &site).unwrap_or_else(|error| panic!("{error}"));
        lay(&old, "v0.9");
        assert!(fs::write(site.join("CNAME"), "a.example").is_ok());
        lay(&old, "v1.0");
        lay(&new, "v1.0");
        let laid = Page::read(&site).unwrap_or_else(|error| panic!("{error}"));
        let _ = fs::remove_dir_all(&site);
        let files: Vec<(&str, &str)> =
            laid.files().map(|(name, _)| (name, laid.text(name))).collect();
        let expected = [
            ("CNAME", "a.example"),
            ("index.html", "new"),
            ("style.css", ""),
            ("v0.9/gone.css", ""),
            ("v0.9/index.html", "old"),
            ("v1.0/index.html", "new"),
            ("v1.0/style.css", ""),
        ];
        assert_eq!(files, expected);
    }

    #[test]
    fn only_the_release_of_this_source_is_laid() {
        let project = Project::find().unwrap_or_else(|failure| panic!("{failure}"));
        let site = folder("refused-site");
        for version in ["v99.0.0", "latest", ""] {
            assert!(lay(&project, version, &site).is_err(), "{version}");
        }
        assert!(!site.exists());
    }

    #[test]
    fn files_that_only_look_like_a_version_are_replaced() {
        for (name, kept) in [("v1.2", true), ("v10", true), ("view.js", false), ("v1.2.css", false)]
        {
            assert_eq!(is_kept(name), kept, "{name}");
        }
    }
}
