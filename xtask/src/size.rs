//! How large the page is, as it is and compressed.

use std::io::Write as _;
use std::process::Stdio;

use crate::failure::{Failure, Result, fail};
use crate::page::Page;
use crate::project::Project;

/// The most bytes that everything the page loads may have, compressed.
const BOUND: usize = 716_000;

/// Prints the bytes under gzip's best compression of each file that is written to it behind
/// its length. Node is there anyway; a crate would have to be compiled.
const COMPRESS: &str = "
    const { readFileSync } = require('node:fs');
    const { gzipSync } = require('node:zlib');
    let input = readFileSync(0);
    while (input.length > 0) {
        const end = 8 + Number(input.readBigUInt64LE());
        console.log(gzipSync(input.subarray(8, end), { level: 9 }).length);
        input = input.subarray(end);
    }";

/// Prints the size of every file of the page, and of all together; the sum, compressed.
pub(crate) fn print(project: &Project, page: &Page) -> Result<usize> {
    let sizes = compressed(project, page)?;
    project.say().line(&format!("{:>9} {:>9}  file", "bytes", "gzip -9"));
    for ((name, content), size) in page.files().zip(&sizes) {
        project.say().line(&format!("{:>9} {size:>9}  {name}", content.len()));
    }
    let bytes: usize = page.files().map(|(_, content)| content.len()).sum();
    let all = sizes.iter().sum();
    project.say().line(&format!("{bytes:>9} {all:>9}  together, of {BOUND} at most"));
    Ok(all)
}

/// Refuses a page that is too large.
pub(crate) fn check(project: &Project, page: &Page) -> Result<()> {
    let size = print(project, page)?;
    if size > BOUND {
        fail!("the page has {size} bytes compressed, and {BOUND} are the most it may have");
    }
    Ok(())
}

/// The size of each file under gzip's best compression.
fn compressed(project: &Project, page: &Page) -> Result<Vec<usize>> {
    let failed = || Failure::new("node, which measures the files, failed");
    let mut node = project.command("node");
    node.args(["-e", COMPRESS]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = node.spawn().map_err(|_| failed())?;
    // Node reads all before it writes, so that neither waits for the other.
    let mut input = child.stdin.take().ok_or_else(failed)?;
    for (_, content) in page.files() {
        let length = u64::try_from(content.len()).unwrap_or(u64::MAX).to_le_bytes();
        input.write_all(&length).and_then(|()| input.write_all(content)).map_err(|_| failed())?;
    }
    drop(input);
    let output = child.wait_with_output().map_err(|_| failed())?;
    let printed = String::from_utf8_lossy(&output.stdout);
    let sizes: Vec<usize> = printed.lines().filter_map(|line| line.parse().ok()).collect();
    if !output.status.success() || sizes.len() != page.files().count() {
        return Err(failed());
    }
    Ok(sizes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::tests::page;

    #[test]
    fn files_are_measured_one_by_one() {
        let project = Project::find().unwrap_or_else(|failure| panic!("{failure}"));
        let many = "the same again, ".repeat(1000);
        let page = page(&[("a", ""), ("b", &many), ("c", "é")]);
        let sizes = compressed(&project, &page).unwrap_or_else(|failure| panic!("{failure}"));
        assert_eq!(sizes.len(), 3);
        assert!(sizes[0] > 0 && sizes[0] < sizes[2] && sizes[2] < sizes[1], "{sizes:?}");
        assert!(sizes[1] < many.len() / 10, "{sizes:?}");
    }
}
