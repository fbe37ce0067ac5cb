//! Properties that hold for every text and every gazetteer.

mod common;

use std::path::Path;
use std::sync::LazyLock;

use common::oracle::{self, Hit};
use dalil::{Folded, Gazetteer, Overlaps, Tagger};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use unicode_normalization::UnicodeNormalization;

/// The letters that the rules treat specially, and a few that they do not.
const LETTERS: [&str; 14] = ["ا", "أ", "إ", "آ", "ل", "و", "ف", "ب", "ك", "ي", "ى", "ح", "ة", "د"];
const BETWEEN: [&str; 9] = [" ", " ", " ", "\n", "\n\n", "،", "-", "\u{0640}", "7"];
const MARKS: [&str; 5] = ["\u{064B}", "\u{064E}", "\u{064F}", "\u{0651}", "\u{200F}"];

fn name() -> impl Strategy<Value = String> {
    let word = vec(select(&LETTERS[..]), 3..5).prop_map(|letters| letters.concat());
    vec(word, 1..3).prop_map(|words| words.join(" "))
}

/// A gazetteer without cues and words, which the oracle does not know: the shipped ones would rule out
/// readings such as ب + لدة.
fn bare() -> &'static Path {
    static FOLDER: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let kinds = "schema = 1\n[[kind]]\nid = \"place\"\nen = \"Place\"\n";
        for (name, text) in [("kinds", kinds), ("cues", "schema = 1\n"), ("words", "schema = 1\n")]
        {
            std::fs::write(folder.path().join(format!("{name}.toml")), text).expect("a file");
        }
        folder
    });
    FOLDER.path()
}

fn gazetteer(names: &[String]) -> Gazetteer {
    // `ambiguous`, since a rule may make one name of another (أبا of أبو); of names that fold alike one stays.
    let mut text = String::from("schema = 1\nkind = \"place\"\n");
    let mut keys = std::collections::BTreeSet::new();
    for (number, name) in names.iter().enumerate() {
        if keys.insert(Folded::new(name).to_string()) {
            text += &format!(
                "[[entry]]\nid = \"n{number:03}\"\nname = \"{name}\"\nen = \"N\"\nsource = \"made\"\nambiguous = true\n"
            );
        }
    }
    let builder = Gazetteer::builder().folder(bare()).text("made.toml", text);
    builder.load().unwrap_or_else(|error| panic!("{error}"))
}

/// Texts made of the names themselves, proclitics and noise, so that they meet.
fn text(names: Vec<String>) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => select(names),
        3 => select(&LETTERS[..]).prop_map(str::to_owned),
        3 => select(&BETWEEN[..]).prop_map(str::to_owned),
        1 => select(&MARKS[..]).prop_map(str::to_owned),
        1 => select(vec!["و", "ل", "لل", "ولل", "ب"]).prop_map(str::to_owned),
    ];
    vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn case() -> impl Strategy<Value = (Vec<String>, String)> {
    vec(name(), 1..6).prop_flat_map(|names| (Just(names.clone()), text(names)))
}

fn hits(tagger: &Tagger, text: &str) -> Vec<Hit> {
    let hit = |mention: &dalil::Mention<'_>| {
        let own =
            if mention.detached { String::new() } else { mention.clitics.letters().collect() };
        let token_start =
            if mention.detached { mention.bytes.start } else { mention.token_bytes.start };
        Hit {
            start: mention.bytes.start,
            end: mention.bytes.end,
            token_start,
            clitics: own,
            id: mention.id().to_owned(),
        }
    };
    tagger.tag(text).iter().map(hit).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_tagger_agrees_with_the_oracle((names, text) in case()) {
        let gazetteer = gazetteer(&names);
        let expected = oracle::tag(&gazetteer, &text);
        let reference = Tagger::builder(gazetteer.clone()).context(false).reference(true).build();
        prop_assert_eq!(&hits(&reference, &text), &expected);
        let tagger = Tagger::builder(gazetteer).context(false).build();
        prop_assert_eq!(hits(&tagger, &text), expected, "{:?} in {:?}\n{}", names, text, tagger.explain(&text));
    }

    #[test]
    fn a_mention_folds_to_its_form((names, text) in case()) {
        let tagger = Tagger::builder(gazetteer(&names)).overlaps(Overlaps::All).build();
        for mention in tagger.tag(&text) {
            let form = Folded::new(&mention.surface.text).to_string();
            let found = Folded::new(&text[mention.bytes.range()]).to_string();
            let whole = if mention.contracted { format!("ا{found}") } else { found.clone() };
            let before_lam = if mention.contracted { format!("ال{found}") } else { found };
            prop_assert!(form == whole || form == before_lam, "{form} for {whole}");
            prop_assert!(mention.token_bytes.contains(mention.bytes));
            prop_assert_eq!(mention.chars.len(), text[mention.bytes.range()].chars().count());
        }
    }

    #[test]
    fn pieces_of_paragraphs_equal_the_whole((names, texts) in vec(name(), 1..6)
        .prop_flat_map(|names| (Just(names.clone()), vec(text(names), 0..5))))
    {
        let tagger = Tagger::new(gazetteer(&names));
        let mut whole = String::new();
        let mut in_pieces = Vec::new();
        for text in &texts {
            let start = whole.len();
            for mention in tagger.tag(text) {
                in_pieces.push((start + mention.bytes.start, start + mention.bytes.end, mention.id().to_owned()));
            }
            whole.push_str(text);
            whole.push_str("\n\n");
        }
        let found: Vec<_> = tagger
            .tag(&whole)
            .iter()
            .map(|mention| (mention.bytes.start, mention.bytes.end, mention.id().to_owned()))
            .collect();
        prop_assert_eq!(found, in_pieces);
    }

    #[test]
    fn nested_and_all_add_to_longest((names, text) in case()) {
        let gazetteer = gazetteer(&names);
        let tag = |overlaps| {
            let tagger = Tagger::builder(gazetteer.clone()).overlaps(overlaps).build();
            let spans: Vec<_> = tagger.tag(&text).iter().map(|mention| mention.bytes).collect();
            spans
        };
        let (longest, nested, all) = (tag(Overlaps::Longest), tag(Overlaps::Nested), tag(Overlaps::All));
        prop_assert!(longest.iter().all(|span| nested.contains(span)));
        prop_assert!(nested.iter().all(|span| all.contains(span)));
        prop_assert!(nested.iter().all(|span| longest.iter().any(|outer| outer.contains(*span))));
    }

    #[test]
    fn folding_is_idempotent(text in arabic_text()) {
        let once = Folded::new(&text).to_string();
        prop_assert_eq!(Folded::new(&once).to_string(), once);
    }

    #[test]
    fn folding_ignores_the_normalization_form(text in arabic_text()) {
        let folded = Folded::new(&text).to_string();
        prop_assert_eq!(&Folded::new(&text.nfc().collect::<String>()).to_string(), &folded);
        prop_assert_eq!(&Folded::new(&text.nfd().collect::<String>()).to_string(), &folded);
    }

    #[test]
    fn nothing_panics_on_any_text(text in "\\PC{0,60}", bytes in vec(any::<u8>(), 0..60)) {
        let tagger = Tagger::new(gazetteer(&["ABC".to_owned(), "حلب".to_owned()]));
        let _ = tagger.tag(&text);
        let _ = tagger.explain(&text);
        let _ = tagger.tag_bytes(&bytes);
    }

    #[test]
    fn invalid_bytes_do_not_move_offsets(garbage in vec(0x80_u8..=0xFF, 1..6)) {
        let tagger = Tagger::new(gazetteer(&["حلب".to_owned()]));
        let mut bytes = "قرب حلب ".as_bytes().to_vec();
        bytes.extend(&garbage);
        let start = bytes.len() + 1;
        bytes.extend(" حلب".as_bytes());
        let tagged = tagger.tag_bytes(&bytes);
        prop_assert_eq!(tagged.mentions.last().expect("the second").bytes.start, start);
        for mention in &tagged.mentions {
            prop_assert_eq!(&bytes[mention.bytes.range()], "حلب".as_bytes());
        }
    }
}

/// Arabic blocks, presentation forms, marks, spaces and some of everything else.
fn arabic_text() -> impl Strategy<Value = String> {
    let c = prop_oneof![
        6 => proptest::char::range('\u{0600}', '\u{06FF}'),
        2 => proptest::char::range('\u{FB50}', '\u{FDFF}'),
        2 => proptest::char::range('\u{FE70}', '\u{FEFF}'),
        2 => select(vec![' ', '\n', '\u{0654}', '\u{0655}', '\u{0653}', '\u{0640}', '\u{200D}', '.']),
        1 => any::<char>(),
    ];
    vec(c, 0..20).prop_map(|chars| chars.into_iter().collect())
}
