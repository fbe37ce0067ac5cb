//! The canonical form: what `dalil fmt` makes of a file, and that it changes nothing else.
#![cfg(feature = "cli")]

use std::fs;
use std::path::{Path, PathBuf};

use dalil::format;
use proptest::prelude::{Just, Strategy, any, prop, prop_assert_eq, prop_oneof, proptest};
use toml::{Table, Value};

fn formatted(path: &str, text: &str) -> String {
    format(path, text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"))
}

#[test]
fn everything_has_its_place() {
    let loose = "\
# About this file.

# And more.
kind='place'   # of places
schema = 1


# The second town.
[[entry]]
en = \"B\"
name = \"\\u0628\u{200F}\\u200F  \u{0628}\u{0640}\u{0628} \"
id = \"b\"
rank = 5
source = 'a \"b\" \\'
    # where
    within = \"a\"
aliases = [ \"\u{062A}\u{062A}\u{062A}\", # later
  # marked
  {context=\"required\", text = \"\u{0628}\u{062A}\u{062A}\", cues=['x',\"y\"]}, \"\u{0627}\u{062A}\u{062A}\"
  # the end
] # list

[[entry.term]]
to = \"2011\"
country = \"SY\"
role = \"mayor\"
[[entry]] # first
id = \"a\"
examples = []
en = \"A\"

# that is all";
    let canonical = "\
# About this file.

# And more.
schema = 1
kind = \"place\" # of places

[[entry]] # first
id = \"a\"
en = \"A\"
examples = []

# The second town.
[[entry]]
id = \"b\"
name = \"\u{0628} \u{0628}\u{0628}\"
en = \"B\"
source = \"a \\\"b\\\" \\\\\"
aliases = [
    \"\u{0627}\u{062A}\u{062A}\",
    # marked
    { text = \"\u{0628}\u{062A}\u{062A}\", context = \"required\", cues = [\"x\", \"y\"] },
    \"\u{062A}\u{062A}\u{062A}\", # later
    # the end
] # list
# where
within = \"a\"
rank = 5

[[entry.term]]
role = \"mayor\"
country = \"SY\"
to = \"2011\"

# that is all
";
    assert_eq!(formatted("places.toml", loose), canonical);
    assert_eq!(formatted("places.toml", canonical), canonical);
}

#[test]
fn other_files_keep_their_order() {
    for (path, text) in [
        (
            "kinds.toml",
            "schema = 1\n\n[[kind]]\nid = \"state\"\nen = \"State\"\n\n[[kind]]\nid = \"place\"\nen = \"Place\"\n",
        ),
        (
            "cues.toml",
            "schema = 1\n\n[[class]]\nid = \"b\"\nposition = \"before\"\ngap = 1\nwords = [\n    \"\u{0628}\",\n    \"\u{062A}\",\n]\n\n[[class]]\nid = \"a\"\nposition = \"after\"\nwords = []\n",
        ),
        (
            "patterns.toml",
            "schema = 1\n\n[[pattern]]\nid = \"{state}-b\"\nkind = \"place\"\nname = \"\u{0628} {m}\"\nen = \"B\"\nnames = [\n    \"\u{062B} {m}\",\n    \"\u{062A} {m}\",\n]\ncountries = [\n    \"SY\",\n    \"LB\",\n]\n\n[[pattern]]\nid = \"{state}-a\"\nkind = \"place\"\nname = \"\u{062A} {m}\"\nen = \"A\"\n",
        ),
        (
            "words.toml",
            "# Words.\nschema = 1\nwords = [\n    \"\u{0628}\",\n    \"\u{062A}\",\n]\n",
        ),
    ] {
        assert_eq!(formatted(path, text), text);
    }
}

#[test]
fn line_ends_and_byte_order_marks_go() {
    let text = "\u{FEFF}# c\r\nschema = 1\r\nkind = \"place\"\u{200F}\r\n";
    assert_eq!(formatted("a.toml", text), "# c\nschema = 1\nkind = \"place\"\n");
}

#[test]
fn blocks_in_one_line_get_lines_of_their_own() {
    let text = "schema = 1\nkind = \"place\"\nentry = [\n  # two\n  { id = \"b\", en = \"B\" }, { id = \"a\", en = \"A\" } ]\n";
    let canonical = "schema = 1\nkind = \"place\"\n\n[[entry]]\nid = \"a\"\nen = \"A\"\n\n# two\n[[entry]]\nid = \"b\"\nen = \"B\"\n";
    assert_eq!(formatted("a.toml", text), canonical);
    let text = "schema = 1\nkind = \"place\"\n[[entry]]\nid = \"a\"\n# m\n[[entry.aliases]] # n\ntext = \"x\" # o\n";
    let canonical = "schema = 1\nkind = \"place\"\n\n[[entry]]\nid = \"a\"\naliases = [\n    # m\n    # o\n    { text = \"x\" }, # n\n]\n";
    assert_eq!(formatted("a.toml", text), canonical);
}

#[test]
fn what_it_does_not_know_it_refuses() {
    for (text, code) in [
        ("schema = ", "G100"),
        ("schema = 1\nkind = \"place\"\n[[entry]]\nalias = [\"x\"]\n", "G101"),
        ("schema = 1\nkind = \"place\"\n[[entry]]\nname.first = \"x\"\n", "G103"),
        ("schema = 1\nkind = \"place\"\n[[entry]]\nfrom = 2011\n", "G103"),
    ] {
        let error = format("a.toml", text).expect_err(text);
        assert!(error.diagnostics().iter().all(|problem| problem.code() == code), "{error}");
    }
}

#[test]
fn the_shipped_files_keep_their_meaning() {
    let mut files = Vec::new();
    list(Path::new("gazetteers"), &mut files);
    assert!(!files.is_empty());
    for path in files {
        let name = path.display().to_string();
        let text = fs::read_to_string(&path).expect("it is listed");
        let once = formatted(&name, &text);
        assert_eq!(formatted(&name, &once), once, "{name} is not stable");
        assert_eq!(meaning(&once), meaning(&text), "{name} says something else");
        assert_eq!(comments(&once), comments(&text), "{name} lost a comment");
    }
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("a file").path();
        if path.is_dir() {
            list(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
}

/// The values of a file, whatever the order of what has none.
fn meaning(text: &str) -> Table {
    let mut table: Table = text.parse().expect("TOML");
    sort(&mut table);
    table
}

fn sort(table: &mut Table) {
    for (key, value) in table.iter_mut() {
        let Value::Array(items) = value else { continue };
        for item in items.iter_mut() {
            if let Value::Table(table) = item {
                sort(table);
            }
        }
        match &**key {
            "aliases" | "words" => items.sort_by_key(|item| match item {
                Value::Table(marked) => marked["text"].to_string(),
                _ => item.to_string(),
            }),
            "entry" => items.sort_by_key(|item| item.get("id").map(Value::to_string)),
            _ => {}
        }
    }
}

/// The comments of a file in some order; no string of these tests holds a `#`.
fn comments(text: &str) -> Vec<&str> {
    let mut comments: Vec<&str> =
        text.lines().filter_map(|line| Some(line[line.find('#')?..].trim())).collect();
    comments.sort_unstable();
    comments
}

/// Comments are numbered, so that one that is lost or doubled shows.
fn number_comments(text: &str) -> String {
    let mut pieces = text.split('#');
    let mut numbered = pieces.next().unwrap_or_default().to_owned();
    for (number, piece) in pieces.enumerate() {
        numbered.push_str(&std::format!("# {number}{piece}"));
    }
    numbered
}

fn blank() -> impl Strategy<Value = String> {
    prop_oneof![4 => Just(""), 1 => Just("\n"), 1 => Just("#\n"), 1 => Just("\n#\n\n#\n"), 1 => Just("  #\n")]
        .prop_map(str::to_owned)
}

fn beside() -> impl Strategy<Value = String> {
    prop_oneof![3 => Just("\n"), 1 => Just(" #\n"), 1 => Just("\t #  \n\n")].prop_map(str::to_owned)
}

/// Space inside a list, where line ends and comments may stand.
fn inside() -> impl Strategy<Value = String> {
    prop_oneof![3 => Just(""), 1 => Just(" "), 1 => Just("\n"), 1 => Just(" #\n"), 1 => Just("\n  #\n #\n")]
        .prop_map(str::to_owned)
}

fn string() -> impl Strategy<Value = String> {
    let words = "[\u{0628}\u{062A}\u{0627}a-c\"\\\\]{1,4}( [\u{0628}\u{062A}]{1,3})?";
    (words, 0..3).prop_map(|(text, style)| match style {
        1 if !text.contains('"') && !text.contains('\\') => std::format!("'{text}'"),
        2 if !text.contains('"') && !text.contains('\\') => {
            let escaped: String =
                text.chars().map(|c| std::format!("\\u{:04X}", u32::from(c))).collect();
            std::format!("\"{escaped}\"")
        }
        _ => std::format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
    })
}

fn marked() -> impl Strategy<Value = String> {
    (string(), strings(false), inside(), inside(), 0..3).prop_map(|(text, cues, a, b, style)| {
        match style {
            0 => std::format!("{{ text = {text}, cues = {cues}{a} }}"),
            1 => std::format!("{{cues = {cues}{a},{b} text = {text}}}"),
            _ => std::format!("{{ context = \"required\",{a} text = {text},{b} }}"),
        }
    })
}

fn strings(marks: bool) -> impl Strategy<Value = String> {
    let item =
        if marks { prop_oneof![2 => string(), 1 => marked()].boxed() } else { string().boxed() };
    let items = prop::collection::vec((inside(), item, inside()), 0..4);
    (items, inside(), any::<bool>()).prop_map(|(items, end, comma)| {
        let mut list = "[".to_owned();
        for (at, (before, item, after)) in items.iter().enumerate() {
            list.push_str(if at > 0 { "," } else { "" });
            list.push_str(before);
            list.push_str(item);
            list.push_str(after);
        }
        list.push_str(if comma && !items.is_empty() { "," } else { "" });
        list + &end + "]"
    })
}

fn entry() -> impl Strategy<Value = String> {
    let fields = vec![
        ("id", "\"[a-c]{1,2}(-[a-c])?\"".boxed()),
        ("name", string().boxed()),
        ("en", string().boxed()),
        ("source", string().boxed()),
        ("aliases", strings(true).boxed()),
        ("lat", Just("33.50".to_owned()).boxed()),
        ("ambiguous", Just("true".to_owned()).boxed()),
        ("rank", Just("+1_0".to_owned()).boxed()),
        ("reject-after", strings(false).boxed()),
        ("examples", strings(false).boxed()),
    ];
    let fields: Vec<_> = fields
        .into_iter()
        .map(|(key, value)| {
            (blank(), value, beside()).prop_map(move |(above, value, beside)| {
                std::format!("{above} {key} ={value}{beside}")
            })
        })
        .collect();
    let term = (blank(), beside(), string(), blank(), beside()).prop_map(
        |(above, head, role, inner, end)| {
            std::format!("{above}[[entry.term]]{head}{inner}role = {role}{end}")
        },
    );
    let terms = prop::collection::vec(term, 0..3);
    (blank(), beside(), fields, any::<[bool; 10]>(), terms).prop_flat_map(
        |(above, head, fields, kept, terms)| {
            let kept: Vec<String> = fields
                .into_iter()
                .zip(kept)
                .filter(|(_, keep)| *keep)
                .map(|(field, _)| field)
                .collect();
            Just(kept).prop_shuffle().prop_map(move |fields| {
                std::format!("{above}[[entry]]{head}{}{}", fields.concat(), terms.concat())
            })
        },
    )
}

/// Text of a made-up file.
fn file() -> impl Strategy<Value = String> {
    let head =
        (blank(), beside(), blank(), beside(), any::<bool>()).prop_map(|(a, b, c, d, first)| {
            let (schema, kind) = ("schema=1", "kind = 'place'");
            let (one, two) = if first { (schema, kind) } else { (kind, schema) };
            std::format!("{a}{one}{b}{c}{two}{d}")
        });
    (head, prop::collection::vec(entry(), 0..4), blank(), any::<bool>()).prop_map(
        |(head, entries, end, windows)| {
            let text = number_comments(&(head + &entries.concat() + &end));
            if windows { text.replace('\n', "\r\n") } else { text }
        },
    )
}

proptest! {
    #[test]
    fn any_file_keeps_its_meaning_and_its_comments(text in file()) {
        let once = formatted("a.toml", &text);
        prop_assert_eq!(formatted("a.toml", &once), once.clone(), "not stable");
        prop_assert_eq!(meaning(&once), meaning(&text));
        // Two comments beside one value come to stand in one line.
        let numbers = |text: &str| -> Vec<usize> {
            let mut numbers: Vec<usize> = text
                .split('#')
                .skip(1)
                .filter_map(|rest| rest.split_whitespace().next()?.parse().ok())
                .collect();
            numbers.sort_unstable();
            numbers
        };
        prop_assert_eq!(numbers(&once), numbers(&text), "{}", once);
    }
}
