//! How large the built page is, as it is and compressed.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result};
use crate::program;
use crate::project::Project;

/// Prints the bytes of every file named to it, and of that file under gzip's
/// best compression. Node is there anyway; a crate would have to be compiled.
const MEASURE: &str = "
    const { readFileSync } = require('node:fs');
    const { gzipSync } = require('node:zlib');
    for (const file of process.argv.slice(1)) {
        const bytes = readFileSync(file);
        console.log(bytes.length, gzipSync(bytes, { level: 9 }).length);
    }";

/// Prints the size of every file of the built page, and of all together.
pub(crate) fn print(project: &Project) -> Result<()> {
    let dist = project.dist();
    let mut files = Vec::new();
    collect(&dist, &mut files).map_err(|error| {
        Failure::new(format!("dist cannot be read: {error}; `cargo xtask build` makes it"))
    })?;
    files.sort();
    let mut node = project.command("node");
    node.args(["-e", MEASURE, "--"]).args(&files);
    let printed = program::output_of(&mut node)
        .ok_or_else(|| Failure::new("node, which measures the files, failed"))?;
    println!("{:>9} {:>9}  file", "bytes", "gzip -9");
    let (mut all, mut all_compressed) = (0, 0);
    for (file, line) in files.iter().zip(printed.lines()) {
        let (bytes, compressed) = numbers(line).unwrap_or_default();
        let name = file.strip_prefix(&dist).unwrap_or(file).display();
        println!("{bytes:>9} {compressed:>9}  {name}");
        all += bytes;
        all_compressed += compressed;
    }
    println!("{all:>9} {all_compressed:>9}  total");
    Ok(())
}

/// Every file below `folder`.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// The two numbers of a line.
fn numbers(line: &str) -> Option<(u64, u64)> {
    let (bytes, compressed) = line.split_once(' ')?;
    Some((bytes.parse().ok()?, compressed.trim().parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_two_numbers_are_read() {
        assert_eq!(numbers("120 45"), Some((120, 45)));
        assert_eq!(numbers("120"), None);
    }
}
