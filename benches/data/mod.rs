//! Made-up gazetteers and texts for the benches: the same for the same seed, on every machine.
//!
//! Names are put together from parts of real Arabic names (`first.txt`, `second.txt`, `nisba.txt`,
//! `heads.txt`) and from roots in the patterns of place names (`roots.txt`). Texts are draws from
//! `words.txt`, from roots in other patterns, and from the names, at rates that were counted in
//! Arabic news; each rate stands beside its constant. No sentence is anybody's: words follow each
//! other by chance.

#![allow(dead_code, reason = "each bench uses a part")]

use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs;

use dalil::{Folded, Gazetteer};

/// Given names, as they begin a person's name.
const FIRST: &str = include_str!("first.txt");
/// Family names, by craft, quality, plant, place and tribe.
const SECOND: &str = include_str!("second.txt");
/// Adjectives of towns and countries.
const NISBA: &str = include_str!("nisba.txt");
/// Words that begin names of places.
const HEADS: &str = include_str!("heads.txt");
/// Roots, three letters each.
const ROOTS: &str = include_str!("roots.txt");
/// Words in the order of their frequency, each with its class: `p` for particles and the like, which
/// stay as they are, `n` for nouns and adjectives, `v` for verbs.
const WORDS: &str = include_str!("words.txt");

/// Patterns of place names; ف ع ل stand for the letters of the root.
const PLACE_PATTERNS: [&str; 12] = [
    "فعلة",
    "فعيلة",
    "فعلان",
    "فعلون",
    "فعلين",
    "فعلا",
    "فعولة",
    "فعيلات",
    "فعلانية",
    "مفعلة",
    "فعلايا",
    "فعال",
];
/// Patterns of nouns for the rare words of texts.
const NOUN_PATTERNS: [&str; 9] =
    ["أفعال", "مفاعل", "تفاعل", "انفعال", "افتعال", "استفعال", "مفاعلة", "فعول", "متفعل"];
/// Patterns of verbs for the rare words of texts.
const VERB_PATTERNS: [&str; 5] = ["يفعل", "تفعل", "فعلت", "يفعلون", "انفعلت"];

/// Cue words, which news sets before a name now and then: of places, of people.
const PLACE_CUES: &str = "مدينة محافظة بلدة قرية منطقة حي مطار";
const TITLES: &str = "الرئيس الوزير النائب رئيس وزير السيد القيادي";
/// Words that are no names.
const NOT_NAMES: &str = "باب بعد بلدان بيان فريق وزارة";
/// Latin words between the Arabic ones.
const LATIN: &str = "HTML GDP Reuters covid online PDF Boeing web iPhone NATO CO2 vs email";

const ARTICLE: &str = "ال";
const TATWEEL: char = '\u{0640}';
/// Vowel marks inside words: fatha, damma, kasra, shadda, sukun.
const VOWELS: [char; 5] = ['\u{064E}', '\u{064F}', '\u{0650}', '\u{0651}', '\u{0652}'];
/// The ending of adverbs: tanwin and alef.
const ADVERB: &str = "\u{064B}\u{0627}";

/// SplitMix64.
pub(crate) struct Rng(u64);

impl Rng {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `bound`.
    fn below(&mut self, bound: usize) -> usize {
        let wide = u128::from(self.next()) * bound as u128;
        usize::try_from(wide >> 64).expect("it is below a usize")
    }

    /// True that many times in a thousand.
    fn per_mille(&mut self, times: usize) -> bool {
        self.below(1000) < times
    }

    fn pick(&mut self, list: &[&'static str]) -> &'static str {
        list[self.below(list.len())]
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }
}

/// Ranks drawn by Zipf's law as Mandelbrot mended it: weight 1 / (rank + 2.7), in whole numbers so
/// that no machine rounds another way.
struct Zipf {
    ends: Vec<u64>,
}

impl Zipf {
    fn new(ranks: usize) -> Self {
        let mut end = 0;
        let weight = |rank: usize| (1 << 40) / (10 * (rank as u64 + 1) + 27);
        let ends = (0..ranks).map(|rank| {
            end += weight(rank);
            end
        });
        Self { ends: ends.collect() }
    }

    fn draw(&self, rng: &mut Rng) -> usize {
        let total = *self.ends.last().expect("there are ranks");
        let wide = u128::from(rng.next()) * u128::from(total);
        let at = u64::try_from(wide >> 64).expect("it is below the total");
        self.ends.partition_point(|&end| end <= at)
    }
}

fn list(text: &'static str) -> Vec<&'static str> {
    text.split_whitespace().collect()
}

/// A root's letters in the places of a pattern.
fn shape(pattern: &str, root: &str) -> String {
    let letters: Vec<char> = root.chars().collect();
    let letter = |c| "فعل".chars().position(|slot| slot == c).map_or(c, |slot| letters[slot]);
    pattern.chars().map(letter).collect()
}

/// A made-up name and what it names.
#[derive(Clone)]
pub(crate) struct Name {
    pub(crate) text: String,
    kind: &'static str,
}

/// So many different names of one to three words.
///
/// Three in ten are drawn with one word, nine in twenty with two, a quarter with three. A name that
/// is taken gets one word more, so that the share of single words falls once the roots are used up:
/// 28 % of 2,000 names, 12 % of 50,000, 1.4 % of 500,000.
pub(crate) fn names(count: usize) -> Vec<Name> {
    let mut rng = Rng::new(0xDA11_1000);
    let [first, second, nisba, heads, roots] = [FIRST, SECOND, NISBA, HEADS, ROOTS].map(list);
    let mut taken: HashSet<String> = HashSet::with_capacity(count);
    let mut names = Vec::with_capacity(count);
    while names.len() < count {
        let place = |rng: &mut Rng| {
            let name = shape(rng.pick(&PLACE_PATTERNS), rng.pick(&roots));
            if rng.per_mille(500) { format!("{ARTICLE}{name}") } else { name }
        };
        let (kind, mut text) = match rng.below(1000) {
            0..300 => ("place", place(&mut rng)),
            300..500 => ("place", format!("{} {}", rng.pick(&heads), place(&mut rng))),
            500..750 => ("official", format!("{} {}", rng.pick(&first), rng.pick(&second))),
            750..850 => {
                let [a, b, c] = [&first, &first, &second].map(|list| rng.pick(list));
                ("official", format!("{a} {b} {c}"))
            }
            850..950 => {
                let [a, b, c] = [&first, &second, &nisba].map(|list| rng.pick(list));
                ("official", format!("{a} {b} {c}"))
            }
            _ => {
                let [head, nisba] = [&heads, &nisba].map(|list| rng.pick(list));
                ("place", format!("{head} {} {nisba}", place(&mut rng)))
            }
        };
        while !taken.insert(Folded::new(&text).to_string()) {
            if text.split(' ').count() == 3 {
                text.clear();
                break;
            }
            let more = if kind == "official" { &second } else { &nisba };
            text = format!("{text} {}", rng.pick(more));
        }
        if !text.is_empty() {
            names.push(Name { text, kind });
        }
    }
    names
}

/// A gazetteer with one entry a name. One entry in six is marked, as one shipped form in six or so is;
/// countries take turns, as they decide among homonyms.
///
/// It has kinds, cues and words of its own, so that no change of the shipped ones changes the benches;
/// that takes a folder.
pub(crate) fn gazetteer(names: &[Name]) -> Gazetteer {
    const COUNTRIES: [&str; 8] = ["SY", "IQ", "LB", "JO", "EG", "SA", "YE", "LY"];
    let quoted = |words: &str| {
        let words: Vec<String> =
            words.split_whitespace().map(|word| format!("\"{word}\"")).collect();
        words.join(", ")
    };
    let entries = |kind: &str| {
        let mut text = format!("schema = 1\nkind = \"{kind}\"\n");
        let of_kind = names.iter().enumerate().filter(|(_, name)| name.kind == kind);
        for (index, name) in of_kind {
            let Name { text: name, .. } = name;
            let country = COUNTRIES[index % COUNTRIES.len()];
            let _ = write!(
                text,
                "\n[[entry]]\nid = \"n{index:06}\"\nname = \"{name}\"\nen = \"N{index}\"\n\
                 source = \"bench\"\ncountry = \"{country}\"\n"
            );
            if index % 6 == 0 {
                text.push_str("context = \"required\"\n");
            }
        }
        text
    };
    let kinds = "schema = 1\n\
         [[kind]]\nid = \"place\"\nen = \"Place\"\ncues = [\"place-head\"]\n\
         [[kind]]\nid = \"official\"\nen = \"Official\"\npeople = true\ncues = [\"title\"]\n";
    let cues = format!(
        "schema = 1\n\
         [[class]]\nid = \"place-head\"\nposition = \"before\"\nwords = [{}]\n\
         [[class]]\nid = \"title\"\nposition = \"before\"\ngap = 2\nwords = [{}]\n",
        quoted(PLACE_CUES),
        quoted(TITLES),
    );
    let words = format!("schema = 1\nwords = [{}]\n", quoted(NOT_NAMES));
    let folder = tempfile::tempdir().expect("a folder for the files");
    for (path, text) in [
        ("kinds.toml", kinds),
        ("cues.toml", &cues),
        ("words.toml", &words),
        ("place/bench.toml", &entries("place")),
        ("official/bench.toml", &entries("official")),
    ] {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("it is in the folder")).expect("it can be made");
        fs::write(path, text).expect("it can be written");
    }
    Gazetteer::load(folder.path())
        .unwrap_or_else(|error| panic!("made-up names are sound: {error}"))
}

/// The texts of names, to be put into [`text()`].
pub(crate) fn texts(names: &[Name]) -> Vec<String> {
    names.iter().map(|name| name.text.clone()).collect()
}

/// Every form of a gazetteer, in an order of chance.
pub(crate) fn forms(gazetteer: &Gazetteer) -> Vec<String> {
    let forms = gazetteer.entities().iter().flat_map(|entity| &entity.surfaces);
    let mut forms: Vec<String> = forms.map(|surface| surface.text.clone()).collect();
    Rng::new(0xDA11_2000).shuffle(&mut forms);
    forms
}

/// How many words in a hundred are words of names of the gazetteer.
const NAMES: usize = 5;
/// Names in a thousand after a cue word; set by eye.
const AFTER_CUE: usize = 250;
/// Names in a thousand that lose the hamza they have; counted in news.
const NO_HAMZA: usize = 100;
/// Words in a thousand that are rare ones, from a root: about what a list of this length leaves out.
const RARE: usize = 220;
/// Rare words in a thousand that are verbs; set by eye.
const RARE_VERBS: usize = 250;
/// Nouns in a thousand with the article: a quarter of all words have it, half of all are nouns.
const DEFINITE: usize = 450;
/// Nouns in a thousand without the article that have a possessor's ending; set by eye.
const POSSESSED: usize = 100;
/// Words in a thousand after و and after ف; counted on names in news, taken for other words too.
const AND: usize = 71;
const SO: usize = 1;
/// Nouns in a thousand after ب, ل (with an article لل) and ك; counted on names in news. They are
/// drawn apart from the conjunctions, so that 0.5 % have both.
const IN: usize = 38;
const FOR: usize = 29;
const AS: usize = 1;
/// Words of three letters and more in ten thousand with a tatweel: 0.2 % of all words, as counted in
/// news.
const TATWEELS: usize = 27;
/// Such words in ten thousand with a vowel mark inside, and nouns without article and possessor in ten
/// thousand that end in the tanwin of adverbs: together 1.8 % of words are marked, as in news, where
/// somewhat more than half of the marks are tanwin.
const MARKED: usize = 115;
const ADVERBS: usize = 620;
/// Words in a thousand that are numbers and Latin words; counted in news.
const NUMBERS: usize = 30;
const LATINS: usize = 10;
/// Words in a thousand after which a comma or a colon stands, and after which a quotation or a
/// bracket opens, to be closed up to four words on; counted in news.
const COMMAS: usize = 30;
const COLONS: usize = 10;
const QUOTES: usize = 6;
const BRACKETS: usize = 5;

/// A text of at least so many bytes, in whole sentences.
///
/// Sentences have 12 to 40 words, paragraphs one to three sentences; after a paragraph comes a line
/// end, after every fourth an empty line too.
pub(crate) fn text(names: &[String], bytes: usize, seed: u64) -> String {
    let mut author = Author::new(names, seed);
    let mut paragraph = 0;
    while author.text.len() < bytes {
        for sentence in 0..=author.rng.below(3) {
            if sentence > 0 {
                author.text.push(' ');
            }
            author.sentence();
        }
        paragraph += 1;
        author.text.push_str(if paragraph % 4 == 0 { "\n\n" } else { "\n" });
    }
    author.text
}

/// The documents of a text, 2 KB or so each: up to every empty line.
pub(crate) fn documents(text: &str) -> Vec<&str> {
    text.split_inclusive("\n\n").collect()
}

/// Writes a text.
struct Author<'n> {
    rng: Rng,
    names: &'n [String],
    name_ranks: Zipf,
    words: Vec<(&'static str, Class)>,
    word_ranks: Zipf,
    roots: Vec<&'static str>,
    cues: Vec<&'static str>,
    latin: Vec<&'static str>,
    text: String,
    word_count: usize,
    /// How many words of names there are.
    name_words: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Particle,
    Noun,
    Verb,
}

impl<'n> Author<'n> {
    fn new(names: &'n [String], seed: u64) -> Self {
        let word = |entry: &'static str| {
            let (word, class) = entry.split_once('/').expect("a word has its class");
            match class {
                "p" => (word, Class::Particle),
                "n" => (word, Class::Noun),
                "v" => (word, Class::Verb),
                _ => panic!("no class is called {class}"),
            }
        };
        let words: Vec<_> = WORDS.split_whitespace().map(word).collect();
        Self {
            rng: Rng::new(seed),
            names,
            name_ranks: Zipf::new(names.len()),
            word_ranks: Zipf::new(words.len()),
            words,
            roots: list(ROOTS),
            cues: [PLACE_CUES, TITLES].into_iter().flat_map(list).collect(),
            latin: list(LATIN),
            text: String::new(),
            word_count: 0,
            name_words: 0,
        }
    }

    fn sentence(&mut self) {
        let length = 12 + self.rng.below(29);
        let mut closer: Option<(usize, char)> = None;
        for index in 0..length {
            if index > 0 {
                self.text.push(' ');
            }
            if closer.is_none() {
                closer = self.open(index);
            }
            self.phrase();
            if let Some((at, sign)) = closer
                && (index >= at || index + 1 == length)
            {
                self.text.push(sign);
                closer = None;
            }
            if index + 1 < length && closer.is_none() {
                match self.rng.below(1000) {
                    n if n < COMMAS => self.text.push('\u{060C}'),
                    n if n < COMMAS + COLONS => self.text.push(':'),
                    _ => {}
                }
            }
        }
        let end = if self.rng.per_mille(30) { '\u{061F}' } else { '.' };
        self.text.push(end);
    }

    /// Opens a quotation or a bracket: where it closes, and how.
    fn open(&mut self, index: usize) -> Option<(usize, char)> {
        let (open, close) = match self.rng.below(1000) {
            n if n < QUOTES / 2 => ('"', '"'),
            n if n < QUOTES => ('\u{00AB}', '\u{00BB}'),
            n if n < QUOTES + BRACKETS => ('(', ')'),
            _ => return None,
        };
        self.text.push(open);
        Some((index + self.rng.below(4), close))
    }

    /// A name, a number or a word.
    fn phrase(&mut self) {
        // The share of names is kept by looking at it; only the places are left to chance.
        let due = self.name_words * 100 < self.word_count * NAMES;
        if due && !self.names.is_empty() && self.rng.per_mille(200) {
            return self.name();
        }
        self.word_count += 1;
        match self.rng.below(1000) {
            n if n < NUMBERS => self.number(),
            n if n < NUMBERS + LATINS => self.text.push_str(self.rng.pick(&self.latin)),
            n if n < NUMBERS + LATINS + RARE => {
                if self.rng.per_mille(RARE_VERBS) {
                    let word = shape(self.rng.pick(&VERB_PATTERNS), self.rng.pick(&self.roots));
                    self.word(&word, Class::Verb);
                } else {
                    let word = shape(self.rng.pick(&NOUN_PATTERNS), self.rng.pick(&self.roots));
                    self.word(&word, Class::Noun);
                }
            }
            _ => {
                let (word, class) = self.words[self.word_ranks.draw(&mut self.rng)];
                self.word(word, class);
            }
        }
    }

    fn number(&mut self) {
        let number = match self.rng.below(4) {
            0 => 1990 + self.rng.below(36),
            1 => self.rng.below(10_000),
            _ => self.rng.below(100),
        };
        let eastern = self.rng.per_mille(200);
        for digit in number.to_string().bytes() {
            let zero = if eastern { 0x0660 } else { 0x30 };
            self.text.extend(char::from_u32(zero + u32::from(digit - b'0')));
        }
    }

    fn name(&mut self) {
        if self.rng.per_mille(AFTER_CUE) {
            let word = self.rng.pick(&self.cues);
            self.text.push_str(word);
            self.text.push(' ');
            self.word_count += 1;
        }
        let name = &self.names[self.name_ranks.draw(&mut self.rng)];
        let words = name.split(' ').count();
        self.word_count += words;
        self.name_words += words;
        let mut name = self.with_proclitics(name);
        if self.rng.per_mille(NO_HAMZA) {
            name = name.replace(['أ', 'إ', 'آ'], "ا");
        }
        self.write(&name);
    }

    fn word(&mut self, word: &str, class: Class) {
        match class {
            Class::Particle => {
                if self.rng.per_mille(AND) {
                    self.text.push('و');
                }
                self.write(word);
            }
            Class::Verb => {
                let conjunction = self.conjunction();
                self.write(&format!("{conjunction}{word}"));
            }
            Class::Noun if self.rng.per_mille(DEFINITE) => {
                let word = self.with_proclitics(&format!("{ARTICLE}{word}"));
                self.write(&word);
            }
            Class::Noun => {
                let mut word = self.with_proclitics(word);
                if self.rng.per_mille(POSSESSED) {
                    // The feminine ending is written ت before another.
                    if let Some(stem) = word.strip_suffix('ة') {
                        word = format!("{stem}ت");
                    }
                    word.push_str(self.rng.pick(&["ه", "ها", "هم"]));
                } else if !word.ends_with('ة') && self.rng.below(10_000) < ADVERBS {
                    word.push_str(ADVERB);
                }
                self.write(&word);
            }
        }
    }

    fn conjunction(&mut self) -> &'static str {
        match self.rng.below(1000) {
            n if n < AND => "و",
            n if n < AND + SO => "ف",
            _ => "",
        }
    }

    fn with_proclitics(&mut self, word: &str) -> String {
        let conjunction = self.conjunction();
        match self.rng.below(1000) {
            n if n < IN => format!("{conjunction}ب{word}"),
            n if n < IN + FOR => match word.strip_prefix(ARTICLE) {
                // ل and the article join to لل, before another ل too.
                Some(rest) if rest.starts_with('ل') => format!("{conjunction}ل{rest}"),
                Some(rest) => format!("{conjunction}لل{rest}"),
                None => format!("{conjunction}ل{word}"),
            },
            n if n < IN + FOR + AS => format!("{conjunction}ك{word}"),
            _ => format!("{conjunction}{word}"),
        }
    }

    /// Writes a word or a name, now and then with a tatweel or a mark after one of its letters.
    fn write(&mut self, word: &str) {
        let count = word.chars().count();
        let roll = self.rng.below(10_000);
        if roll >= TATWEELS + MARKED || count < 3 {
            self.text.push_str(word);
            return;
        }
        let sign = if roll < TATWEELS { TATWEEL } else { VOWELS[self.rng.below(VOWELS.len())] };
        let at = 1 + self.rng.below(count - 2);
        let (place, letter) = word.char_indices().nth(at).expect("it has more letters");
        let place = if letter == ' ' { place } else { place + letter.len_utf8() };
        self.text.push_str(&word[..place]);
        self.text.push(sign);
        self.text.push_str(&word[place..]);
    }
}
