//! The plane that the map shows, in a sentence.

use super::super::SliceWords;
use crate::scenario::Directions;

pub(super) fn words(of: &SliceWords<'_>) -> String {
    let SliceWords { parameters, share, is_little, is_end, directions, stride } = *of;
    let place = if is_end { "end" } else { "lowest point" };
    let kind = if let Directions::Random(_) = directions { "random slice" } else { "slice" };
    let through = match directions {
        Directions::Ends => {
            format!("start, its {place} and the point farthest from the line between them")
        }
        _ => place.to_owned(),
    };
    let slice = format!("{kind} of {parameters} parameters through the run's {through}");
    // What varies comes first: where there is little room the rest is cut.
    let mut words = match share {
        Some(share) => format!("{share} % of the path lies in this {slice}"),
        None => format!("A {slice}"),
    };
    if is_little {
        words.push_str(match directions {
            Directions::Random(_) => {
                ": two random directions of so many hold almost none of its movement"
            }
            _ => ": most of its movement is not seen here",
        });
    }
    let kept = stride
        .map(|stride| format!(". One step in {stride} is kept; between them the path is straight"));
    words + &kept.unwrap_or_default()
}
