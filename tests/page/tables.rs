//! Tables of a person's own data: what is read, and what is refused and why.

use std::fmt::Write;
use std::time::Instant;

use descent_lab::scenario::table::{
    Chosen, Class, MOST_BYTES, MOST_CLASSIFIED, MOST_COLUMNS, MOST_ROWS, Roles, Table, TableColumn,
    TableReader, TableRefusal, Why, guess_roles, guess_shape,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

fn read_with(header: Option<bool>, bytes: &[u8], piece: usize) -> Result<Table, TableRefusal> {
    let mut reader = TableReader::new(header);
    for piece in bytes.chunks(piece.max(1)) {
        reader.feed(piece);
        while !reader.advance(&mut || true) {}
    }
    reader.end();
    while !reader.advance(&mut || true) {}
    reader.finish()
}

fn read(text: &str) -> Result<Table, TableRefusal> {
    read_with(None, text.as_bytes(), usize::MAX)
}

fn regression(text: &str) -> Result<Chosen, TableRefusal> {
    let table = read(text)?;
    table.choose(&guess_roles(&table, 1, false)?)
}

fn pairs(text: &str) -> Vec<(f64, f64)> {
    let chosen = regression(text).expect("a table");
    let [(_, x), (_, y)] = &chosen.columns[..] else { panic!("two columns") };
    x.iter().copied().zip(y.iter().copied()).collect()
}

fn names(table: &Table) -> Vec<&str> {
    table.columns.iter().map(|column| column.name.as_str()).collect()
}

#[test]
fn the_same_table_however_it_is_written() {
    let expected = [(1.5, -2.0), (3.0, 4.25)];
    for text in [
        "x,y\n1.5,-2\n3,4.25\n",
        "x,y\r\n1.5,-2\r\n3,4.25",
        "\u{feff}x,y\r1.5,-2\r3,4.25\r",
        "x;y\n1,5;-2\n3;4,25\n",
        "x\ty\n1,5\t-2,0\n3\t4,25\n",
        "x\ty\n1.5\t-2\n\n3\t4.25\n\n\n",
        "\"x\",\"y\"\n\"1.5\",\"-2\"\n 3 , 4.25 \n",
        "1.5,-2\n3,4.25",
        "\n\n1.5;-2\n3;4.25\n;;\n;\n",
        "x,y\n15e-1,-2e0\n+3,.425e+1\n",
    ] {
        assert_eq!(pairs(text), expected, "{text:?}");
    }
}

#[test]
fn a_header_is_seen_and_can_be_overruled() {
    let table = read("height,mass\n1,2\n3,4\n").expect("a table");
    assert_eq!((names(&table), table.rows), (vec!["height", "mass"], 2));
    let table = read("1,2\n3,4\n").expect("a table");
    assert_eq!((names(&table), table.rows, table.has_header), (vec!["A", "B"], 2, false));
    // Years are names here, and only a person can know.
    let years = b"2019,2020\n1,2\n3,4\n";
    let table = read_with(Some(true), years, 7).expect("a table");
    assert_eq!((names(&table), table.rows), (vec!["2019", "2020"], 2));
    let table = read_with(Some(false), b"x,y\n1,2\n3,4\n", 7).expect("a table");
    assert_eq!((names(&table), table.rows), (vec!["A", "B"], 3));
    let chosen = table.choose(&guess_roles(&table, 1, false).expect("roles")).expect("rows");
    assert_eq!(chosen.left_out, 1);
    let names_only = read("x,\"\",z\n1,2,3\n4,5,6\n").expect("a table");
    assert_eq!(names(&names_only), ["x", "B", "z"]);
}

#[test]
fn rows_that_cannot_be_used_are_left_out_and_named() {
    let text = "n,x,y\na,1,2\nb,,3\nc,4\nd,5,abc\ne,6,1e400\nf,7,nan\ng,8,NA\nh,9,10\n";
    let chosen = regression(text).expect("rows");
    assert_eq!(chosen.columns[0].1, [1.0, 9.0]);
    assert_eq!(chosen.left_out, 6);
    let named: Vec<(usize, &Why)> = chosen.first.iter().map(|row| (row.line, &row.why)).collect();
    let column = "y".to_owned();
    assert_eq!(
        named,
        [
            (3, &Why::Missing { column: "x".to_owned() }),
            (4, &Why::Uneven { cells: 2, expected: 3 }),
            (5, &Why::NotANumber { column: column.clone(), text: "abc".to_owned() }),
            (6, &Why::NotFinite { column, text: "1e400".to_owned() }),
        ]
    );
}

#[test]
fn columns_of_text_are_told_from_numbers() {
    let table = read("id,x,kind,y\nA1,1,cat,2\nA2,3,dog,4\nA3,5,cat,6\n").expect("a table");
    let numeric: Vec<bool> = table.columns.iter().map(TableColumn::is_numeric).collect();
    assert_eq!(numeric, [false, true, false, true]);
    let roles = guess_roles(&table, 1, false).expect("roles");
    assert_eq!((roles.features, roles.target, roles.classes), (vec![1], 3, None));
    let roles = guess_roles(&table, 2, true).expect("roles");
    let classes = ["cat", "dog"].map(|name| Class::Text(name.to_owned()));
    assert_eq!((&roles.features[..], roles.target), (&[1, 3][..], 2));
    assert_eq!(roles.classes, Some(classes));
    let chosen = table.choose(&roles).expect("rows");
    assert_eq!(chosen.columns[2].1, [0.0, 1.0, 0.0]);
}

#[test]
fn a_table_may_have_one_feature_or_two() {
    let roles = |text: &str, counts: &[usize], is_classification: bool| {
        let table = read(text).expect("a table");
        let roles = guess_shape(&table, counts, is_classification)?;
        assert!(table.choose(&roles).is_ok(), "{text}");
        Ok::<_, TableRefusal>((roles.features, roles.target))
    };
    // Hours and whether an exam was passed, however the class is written.
    for rows in ["0.5,0\n1.5,0\n2,1\n", "0.5,no\n1.5,no\n2,yes\n"] {
        let text = format!("hours,passed\n{rows}");
        assert_eq!(roles(&text, &[2, 1], true), Ok((vec![0], 1)));
    }
    let both = "marks,hours,passed\n5,1,0\n6,3,1\n2,2,1\n";
    assert_eq!(roles(both, &[2, 1], true), Ok((vec![0, 1], 2)));
    let text = "passed\tname\n0\ta\n1\tb\n0\tc\n";
    assert_eq!(roles(text, &[2, 1], true), Err(TableRefusal::TooFewNumbers(0)));
    // Size and rooms make the price, where a loss takes two features.
    let houses = "size,rooms,price\n50,2,100\n60,1,130\n70,3,150\n";
    assert_eq!(roles(houses, &[1, 2], false), Ok((vec![0, 1], 2)));
    assert_eq!(roles(houses, &[1], false), Ok((vec![0], 1)));
    assert_eq!(roles("x,y\n1,2\n2,5\n", &[1, 2], false), Ok((vec![0], 1)));
    // A number of the row is no feature to be proud of.
    let counted = "id,hours,mark\n1,5,3\n2,4,2\n3,7,9\n";
    assert_eq!(roles(counted, &[1, 2], false), Ok((vec![0], 1)));
}

#[test]
fn two_of_many_classes_are_chosen() {
    let table = read("a,b,c\n1,2,x\n2,3,y\n3,5,z\n4,1,x\n5,0,\n7,8,y\n9,NA,x\n").expect("a table");
    let mut roles = guess_roles(&table, 2, true).expect("roles");
    assert_eq!((table.columns[2].classes().len(), roles.target), (3, 2));
    let chosen = table.choose(&roles).expect("rows");
    assert_eq!(chosen.columns[2].1, [0.0, 1.0, 0.0, 1.0]);
    assert_eq!((chosen.other_classes, chosen.left_out), (1, 2));
    let [x, z] = ["x", "z"].map(|name| Class::Text(name.to_owned()));
    roles.classes = Some([x.clone(), x.clone()]);
    assert_eq!(table.choose(&roles), Err(TableRefusal::SameClass("x".to_owned())));
    roles.classes = Some([x, z]);
    assert_eq!(table.choose(&roles).expect("rows").columns[2].1, [0.0, 1.0, 0.0]);
    // 0 and 1 are taken before texts with more values.
    let table = read("y,k,a,b\n1,p,1,2\n0,q,3,4\n1,r,6,5\n").expect("a table");
    let roles = guess_roles(&table, 2, true).expect("roles");
    assert_eq!((roles.target, roles.features), (0, vec![2, 3]));
}

#[test]
fn what_nothing_can_be_learnt_from_is_refused() {
    let refusal = |text: &str| regression(text).expect_err(text);
    assert_eq!(refusal(""), TableRefusal::Empty);
    assert_eq!(refusal("x,y\n"), TableRefusal::NoRows);
    assert_eq!(refusal("1\n2\n3\n"), TableRefusal::OneColumn);
    assert_eq!(refusal("x,y\n1,2\n"), TableRefusal::TooFewRows(1));
    assert_eq!(refusal("1,2"), TableRefusal::TooFewRows(1));
    assert_eq!(refusal("x,y\n1,2\n1,3\n"), TableRefusal::Constant("x".to_owned()));
    assert_eq!(refusal("x,y\n1,2\n3,2\n"), TableRefusal::Constant("y".to_owned()));
    assert_eq!(refusal("x,y\na,2\nb,3\n"), TableRefusal::TooFewNumbers(1));
    assert_eq!(refusal("a,b\nc,d\n"), TableRefusal::TooFewNumbers(0));
    assert_eq!(refusal("<table>\n<tr>\n"), TableRefusal::WebPage);
    assert_eq!(refusal("1,2\n3,\"4\n5,6\n"), TableRefusal::OpenQuote { line: 2 });
    assert_eq!(refusal("{\"a\": [1, 2],\n\"b\": [3, 4]}"), TableRefusal::TooFewNumbers(0));
    let Err(TableRefusal::Uneven(row)) = read("x,y\n1,2,3\n4,5,6\n") else { panic!("uneven") };
    assert_eq!((row.line, row.why), (2, Why::Uneven { cells: 3, expected: 2 }));
    let table = read("x,y\n1,2\n3,4\n").expect("a table");
    let same = Roles { features: vec![1], target: 1, classes: None };
    assert_eq!(table.choose(&same), Err(TableRefusal::SameColumn("y".to_owned())));
    let plain = read("x,y,z\n1,2,3.5\n3,4,4\n").expect("a table");
    let one = [Class::Number(4.0), Class::Number(4.5)];
    let roles = Roles { features: vec![0, 1], target: 2, classes: Some(one) };
    assert_eq!(plain.choose(&roles), Err(TableRefusal::TooFewRows(1)));
}

#[test]
fn more_rows_than_classes_can_be_told_apart_by_are_refused_and_lines_take_them() {
    let mut text = "a,b,class\n".to_owned();
    for row in 0..=MOST_CLASSIFIED {
        text += ["1,2,0\n", "2,3,1\n", "4,1,0\n"][row % 3];
    }
    let table = read(&text).expect("a table");
    let roles = guess_roles(&table, 2, true).expect("roles");
    let refused = table.choose(&roles).expect_err("too many");
    assert_eq!(refused, TableRefusal::TooManyToClassify(MOST_CLASSIFIED + 1));
    let line = guess_roles(&table, 1, false).expect("roles");
    assert!(table.choose(&line).is_ok());
}

#[test]
fn what_is_too_large_is_refused_before_it_is_read() {
    let mut reader = TableReader::new(None);
    let piece = vec![b'1'; 1 << 20];
    for _ in 0..MOST_BYTES >> 20 {
        reader.feed(&piece);
    }
    assert_eq!(reader.refusal(), None);
    reader.feed(b"1");
    assert_eq!(reader.refusal(), Some(&TableRefusal::TooLarge));
    let wide = vec!["1"; MOST_COLUMNS + 1].join(",");
    assert_eq!(read(&wide).err(), Some(TableRefusal::TooManyColumns { line: 1 }));
    let long = "1,2\n".repeat(MOST_ROWS + 1);
    assert_eq!(read(&long).err(), Some(TableRefusal::TooManyRows));
    let line = format!("{}\n", ["7"; 11].join(","));
    assert_eq!(read(&line.repeat(1_000_000)).err(), Some(TableRefusal::TooManyCells));
    let endless = format!("1,2\n3,{}", "4".repeat(2 << 20));
    assert_eq!(read(&endless).err(), Some(TableRefusal::LongLine { line: 2 }));
    let quoted = format!("1,2\n3,\"{}", "4\n".repeat(2 << 20));
    assert_eq!(read(&quoted).err(), Some(TableRefusal::OpenQuote { line: 2 }));
}

#[test]
fn bytes_that_are_no_utf_8_stay_apart() {
    // 男 and 女 in GBK.
    let bytes = b"x,y,s\n1,2,\xc4\xd0\n3,4,\xc5\xae\n5,1,\xc4\xd0\n";
    let table = read_with(None, bytes, 1).expect("a table");
    assert_eq!(table.columns[2].classes().len(), 2);
}

/// 10⁶ rows are read in a fraction of a second; printed, since it depends on the machine.
#[test]
fn a_million_rows_are_read_in_parts() {
    let mut text = String::from("x,y,kind\n");
    for row in 0..MOST_ROWS {
        let x = f64::from(u32::try_from(row * 7919 % 1_000_003).expect("small")) / 1000.0;
        writeln!(text, "{x},{},{}", 3.0 * x + 2.0, ["a", "b"][row % 2]).expect("memory");
    }
    let began = Instant::now();
    let mut reader = TableReader::new(None);
    let (mut longest, mut slices) = (0.0_f64, 0);
    for piece in text.as_bytes().chunks(1 << 18) {
        reader.feed(piece);
        loop {
            let slice = Instant::now();
            let is_read = reader.advance(&mut || slice.elapsed().as_secs_f64() > 4e-3);
            longest = longest.max(slice.elapsed().as_secs_f64());
            slices += 1;
            if is_read {
                break;
            }
        }
    }
    reader.end();
    reader.advance(&mut || false);
    let table = reader.finish().expect("a table");
    let read = began.elapsed().as_secs_f64();
    let chosen = table.choose(&guess_roles(&table, 1, false).expect("roles")).expect("rows");
    let all = began.elapsed().as_secs_f64();
    assert_eq!(chosen.columns[1].1.len(), MOST_ROWS);
    assert_eq!((table.rows, chosen.left_out), (MOST_ROWS, 0));
    println!(
        "{MOST_ROWS} rows, {} MB: read in {:.0} ms ({slices} slices, the longest {:.1} ms), chosen in {:.0} ms",
        text.len() / 1_000_000,
        1e3 * read,
        1e3 * longest,
        1e3 * (all - read)
    );
}

const PIECES: [&str; 34] = [
    "1", "2.5", "-3", "1e400", "nan", "abc", "NA", "", " ", ",", ",", ",", ";", ";", "\t", "\n",
    "\n", "\n", "\r\n", "\r", "\"", "\"\"", "\"a,b\"", "1,5", "x,y\n", "\u{feff}", "中", "<", "\0",
    "'", "|", "0", "1\n", ".",
];

fn hostile() -> impl Strategy<Value = Vec<u8>> {
    let mosaic = vec(select(&PIECES[..]), 0..60).prop_map(|pieces| pieces.concat().into_bytes());
    prop_oneof![3 => mosaic, 1 => vec(any::<u8>(), 0..200)]
}

proptest! {

    #[test]
    fn no_bytes_break_it_and_no_cut_changes_it(
        bytes in hostile(),
        piece in 1..40_usize,
        header in select(&[None, Some(false), Some(true)][..]),
    ) {
        let whole = read_with(header, &bytes, usize::MAX);
        let cut = read_with(header, &bytes, piece);
        prop_assert_eq!(format!("{whole:?}"), format!("{cut:?}"));
        let Ok(table) = whole else { return Ok(()) };
        prop_assert!(table.columns.len() >= 2 && table.rows > 0);
        for (features, is_classification) in [(1, false), (2, false), (2, true)] {
            let Ok(roles) = guess_roles(&table, features, is_classification) else { continue };
            prop_assert_eq!(roles.features.len(), features);
            let Ok(chosen) = table.choose(&roles) else { continue };
            let rows = chosen.columns[0].1.len();
            prop_assert!(chosen.columns.iter().all(|(_, numbers)| numbers.len() == rows));
            prop_assert!(chosen.columns.iter().all(|(_, numbers)| numbers.iter().all(|x| x.is_finite())));
            prop_assert!(rows >= 2 && rows + chosen.other_classes <= table.rows);
        }
    }
}
