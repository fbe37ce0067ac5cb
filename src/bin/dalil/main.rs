//! tmp
fn main() {
    let t = std::time::Instant::now();
    let g = dalil::Gazetteer::builtin();
    eprintln!("load {:?} {} entities", t.elapsed(), g.entities().len());
    let t = std::time::Instant::now();
    let tagger = dalil::Tagger::new(g);
    eprintln!("build {:?} {} keys {} bytes", t.elapsed(), tagger.key_count(), tagger.automaton_memory());
    let text = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
    for m in tagger.tag(&text) { println!("{}\t{}\t{}..{}\t{}\t{:?}", m.kind(), m.id(), m.chars.start, m.chars.end, &text[m.bytes.range()], m.evidence); }
    if std::env::args().nth(2).is_some() { println!("{}", tagger.explain(&text)); }
}
