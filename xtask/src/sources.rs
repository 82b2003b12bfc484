//! What the page is made of, to notice when it changes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::project::Project;

/// Files and folders of sources, below the project's folder.
const WATCHED: [&str; 6] = ["index.html", "www", "src", "descent", "Cargo.toml", "Cargo.lock"];

/// The files that the page is made of, with time of change and length of each.
#[derive(PartialEq, Eq)]
pub(crate) struct Sources(BTreeMap<PathBuf, (Option<SystemTime>, u64)>);

impl Sources {
    /// As they are now.
    pub(crate) fn of(project: &Project) -> Self {
        let mut sources = Self(BTreeMap::new());
        for path in WATCHED {
            sources.add(&project.root().join(path));
        }
        sources
    }

    /// Adds what is at `path`. What is being replaced just now may be missing: then the
    /// next look sees a change.
    fn add(&mut self, path: &Path) {
        let Ok(data) = fs::metadata(path) else { return };
        if data.is_dir() {
            for entry in fs::read_dir(path).into_iter().flatten().flatten() {
                self.add(&entry.path());
            }
        } else {
            self.0.insert(path.into(), (data.modified().ok(), data.len()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::tests::folder;

    fn seen(folder: &Path) -> Sources {
        let mut sources = Sources(BTreeMap::new());
        sources.add(folder);
        sources
    }

    #[test]
    fn a_change_is_noticed() {
        let folder = folder("sources");
        let write = |name: &str, text: &str| {
            let file = folder.join(name);
            let written = file.parent().map(fs::create_dir_all).map(|_| fs::write(&file, text));
            assert!(written.is_some_and(|written| written.is_ok()));
        };
        write("a/b.rs", "1");
        let mut before = seen(&folder);
        assert_eq!(before.0.len(), 1);
        assert!(before == seen(&folder));
        for (name, text) in [("a/b.rs", "12"), ("a/c/d.rs", "")] {
            write(name, text);
            let after = seen(&folder);
            assert!(before != after, "{name}");
            before = after;
        }
        assert!(fs::remove_file(folder.join("a/b.rs")).is_ok());
        assert!(before != seen(&folder));
        let _ = fs::remove_dir_all(&folder);
    }

    #[test]
    fn what_is_watched_is_there() {
        let project = Project::find().unwrap_or_else(|failure| panic!("{failure}"));
        for path in WATCHED {
            assert!(project.root().join(path).exists(), "{path}");
        }
        assert!(Sources::of(&project).0.len() > 100);
    }
}
