//! Each kind as the file that a reader saves: snapshots looked at by eye.

use super::{Access, Caption, Font, draw, draw_with_file, sample};

#[test]
fn each_kind_keeps_its_look() {
    let font = Font::default();
    for (name, chart) in sample::all() {
        // Variants of a kind differ in what is wide.
        let widths: &[f64] = if name.contains('-') { &[720.0] } else { &[720.0, 360.0] };
        for width in widths {
            let caption = Caption {
                title: "Ce qui a été trouvé",
                subtitle: "",
                source: "Source : enquête 2018",
            };
            let (_, file) = draw_with_file(&chart, *width, &font, caption);

            insta::assert_binary_snapshot!(&format!("{name}-{width}.svg"), file.svg.into_bytes());
        }
    }
}

#[test]
fn the_same_chart_is_drawn_in_the_same_bytes() {
    let font = Font::default();

    for (_, chart) in sample::all() {
        assert_eq!(draw(&chart, 720.0, &font), draw(&chart, 720.0, &font));
    }
}

#[test]
fn a_drawing_in_a_page_is_named_and_described() {
    let font = Font::default();
    let (_, chart) = sample::all().remove(0);
    let access = Access { name: "L’énergie \"avant\" tout", description: "f1-text" };

    let svg = draw(&chart, 720.0, &font).inline("chart wide", access);

    assert!(svg.starts_with(
        "<svg class=\"chart wide\" role=\"img\" aria-label=\"L’énergie &quot;avant&quot; tout\" \
         aria-describedby=\"f1-text\" viewBox=\"-1 0 722 "
    ));
    assert!(svg.ends_with("</svg>"));
    assert!(!svg.contains(" id=") && !svg.contains(" style="));
}

#[test]
fn a_saved_drawing_has_its_size_title_paper_and_fallback_fonts() {
    let font = Font::default();
    let (_, chart) = sample::all().remove(0);

    let (_, file) = draw_with_file(
        &chart,
        720.0,
        &font,
        Caption { title: "A < B", subtitle: "2 > 1", source: "Source: us & them" },
    );
    let svg = file.svg;

    assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"768\" height=\""));
    assert!(svg.contains("font-family=\"'Roboto', 'Helvetica Neue', Arial, sans-serif\""));
    assert!(svg.contains("<title>A &lt; B</title>"));
    assert!(svg.contains("fill=\"#fdfcf9\"") && svg.contains(">Source: us &amp; them</text>"));
}

#[test]
fn hostile_texts_make_well_formed_drawings() {
    let font = Font::default();
    let hostile = "<script>alert(1)</script> ]]> \" ' & \0\u{7}\u{202e}\u{fffe} שלום 😀 e\u{301}";

    for text in [hostile.to_owned(), hostile.repeat(30)] {
        let cell = || sample::datum(30.0, text.clone(), None, super::Care::None);
        let rows = super::Rows {
            series: vec![text.clone(), text.clone()],
            rows: vec![sample::row(&text, vec![cell(), sample::missing(&text)])],
            scale: super::Scale { start: 0.0, end: 50.0, ticks: vec![(0.0, text.clone())] },
            reference: Some(super::Reference { value: 20.0, label: text.clone() }),
        };

        let (_, file) = draw_with_file(
            &super::Chart::Grouped(rows),
            360.0,
            &font,
            Caption { title: &text, subtitle: &text, source: &text },
        );
        let svg = file.svg;

        // Every `<` opens or closes an element that we write, every `&` an entity.
        for rest in svg.split('<').skip(1) {
            let name: String = rest
                .trim_start_matches('/')
                .chars()
                .take_while(char::is_ascii_alphabetic)
                .collect();
            assert!(
                ["svg", "text", "title", "rect", "path", "circle"].contains(&name.as_str()),
                "<{name}"
            );
        }
        for rest in svg.split('&').skip(1) {
            assert!(["lt;", "gt;", "amp;", "quot;"].iter().any(|entity| rest.starts_with(entity)));
        }
        assert!(!svg.chars().any(|letter| letter.is_control() || letter == '\u{fffe}'));
    }
}
