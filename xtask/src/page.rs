//! The files of a built page.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result};
use crate::project::Project;

/// A built page: the content of each file by its name in the page's folder.
pub(crate) struct Page {
    files: BTreeMap<String, Vec<u8>>,
}

impl Page {
    /// A page of these files.
    pub(crate) fn new(files: BTreeMap<String, Vec<u8>>) -> Self {
        Self { files }
    }

    /// The page that was built last to be deployed.
    pub(crate) fn built(project: &Project) -> Result<Self> {
        let page = Self::read(&project.dist());
        page.map_err(|failure| Failure::new(format!("{failure}; `cargo xtask build` makes it")))
    }

    /// The page in a folder.
    pub(crate) fn read(folder: &Path) -> Result<Self> {
        let mut files = BTreeMap::new();
        let read = collect(folder, "", &mut files);
        read.map_err(|error| {
            Failure::new(format!("{} cannot be read: {error}", folder.display()))
        })?;
        Ok(Self { files })
    }

    /// The content of a file.
    pub(crate) fn get(&self, name: &str) -> Option<&[u8]> {
        self.files.get(name).map(Vec::as_slice)
    }

    /// The content of a file that is text.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.get(name).and_then(|bytes| str::from_utf8(bytes).ok()).unwrap_or_default()
    }

    /// Every file, by name.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(name, content)| (name.as_str(), content.as_slice()))
    }

    /// Writes the page into a folder, with nothing else left there but what `is_kept` says
    /// of the names directly in it.
    pub(crate) fn write(&self, folder: &Path, is_kept: impl Fn(&str) -> bool) -> Result<()> {
        self.replace(folder, is_kept).map_err(|error| {
            Failure::new(format!("the page cannot be written to {}: {error}", folder.display()))
        })
    }

    fn replace(&self, folder: &Path, is_kept: impl Fn(&str) -> bool) -> io::Result<()> {
        fs::create_dir_all(folder)?;
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if is_kept(&entry.file_name().to_string_lossy()) {
                continue;
            }
            if entry.file_type()?.is_dir() {
                fs::remove_dir_all(entry.path())?;
            } else {
                fs::remove_file(entry.path())?;
            }
        }
        for (name, content) in &self.files {
            let file = folder.join(name.split('/').collect::<PathBuf>());
            file.parent().map_or(Ok(()), fs::create_dir_all)?;
            fs::write(file, content)?;
        }
        Ok(())
    }
}

/// Reads every file below `folder`; `prefix` is what its name begins with.
fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.insert(name, fs::read(entry.path())?);
        }
    }
    Ok(())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A page of these files.
    pub(crate) fn page(files: &[(&str, &str)]) -> Page {
        let file = |(name, content): &(&str, &str)| ((*name).to_owned(), content.as_bytes().into());
        Page::new(files.iter().map(file).collect())
    }

    /// An empty folder of this test's own.
    pub(crate) fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        folder
    }

    #[test]
    fn a_page_takes_the_place_of_what_was_there() {
        let folder = folder("page");
        let first = page(&[("index.html", "1"), ("old.css", ""), ("a/b.js", "2")]);
        let second = page(&[("index.html", "3"), ("c/d.js", "4")]);
        for page in [&first, &second] {
            page.write(&folder, |name| name == "kept").unwrap_or_else(|error| panic!("{error}"));
            fs::write(folder.join("kept"), "k").unwrap_or_else(|error| panic!("{error}"));
        }
        let read = Page::read(&folder).unwrap_or_else(|error| panic!("{error}"));
        let _ = fs::remove_dir_all(&folder);
        let names: Vec<&str> = read.files().map(|(name, _)| name).collect();
        assert_eq!(names, ["c/d.js", "index.html", "kept"]);
        assert_eq!((read.text("index.html"), read.text("c/d.js")), ("3", "4"));
    }
}
