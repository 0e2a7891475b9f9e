//! A picture of what was measured over time: one panel for each line.

/// Size of a panel, and the room around it.
const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 110.0;
const LEFT: f64 = 60.0;
const TOP: f64 = 26.0;

/// An SVG of `lines`, each a name and its values, `step` minutes apart.
pub fn svg(lines: &[(&str, Vec<f64>)], step: f64) -> String {
    let height = lines.len() as f64 * (HEIGHT + TOP) + 30.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{height}\" \
         font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" \
         fill=\"white\"/>\n",
        WIDTH + LEFT + 20.0
    );
    for (panel, (name, values)) in lines.iter().enumerate() {
        let top = panel as f64 * (HEIGHT + TOP) + TOP;
        let most = values.iter().copied().fold(0.0, f64::max) * 1.15;
        let x = |at: usize| LEFT + WIDTH * at as f64 / (values.len().max(2) - 1) as f64;
        let y = |value: f64| top + HEIGHT * (1.0 - value / most);
        let points: Vec<_> = values
            .iter()
            .enumerate()
            .filter(|(_, value)| value.is_finite())
            .map(|(at, &value)| format!("{:.1},{:.1}", x(at), y(value)))
            .collect();
        svg += &format!(
            "<text x=\"{LEFT}\" y=\"{}\">{name}</text>\n\
             <path d=\"M{LEFT} {top}v{HEIGHT}h{WIDTH}\" fill=\"none\" stroke=\"#888\"/>\n\
             <text x=\"{}\" y=\"{}\" text-anchor=\"end\">{most:.0}</text>\n\
             <text x=\"{}\" y=\"{}\" text-anchor=\"end\">0</text>\n\
             <polyline points=\"{}\" fill=\"none\" stroke=\"#2e7d50\" stroke-width=\"1.5\"/>\n",
            top - 6.0,
            LEFT - 6.0,
            top + 10.0,
            LEFT - 6.0,
            top + HEIGHT,
            points.join(" ")
        );
    }
    let minutes = lines.first().map_or(0.0, |(_, values)| values.len() as f64 * step);
    svg + &format!(
        "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{minutes:.0} minutes</text>\n</svg>\n",
        LEFT + WIDTH,
        height - 10.0
    )
}
