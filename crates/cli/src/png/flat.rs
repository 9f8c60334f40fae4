//! An SVG file of ours without its style sheet: what the rules say of an element stands in the element itself, and every
//! custom property has its value. Painters other than browsers know neither custom properties nor media queries.

use std::collections::BTreeMap;
use std::fmt::Write;

use kafka_lanes_scene::svg::escape;
use resvg::usvg::roxmltree::{Document, Node};
use simplecss::{AttributeOperator, Element, PseudoClass, Selector};

/// Values that lead to values: more than this is a circle.
const MAX_DEPTH: u8 = 8;

/// A rule for one selector.
struct Rule<'a> {
    selector: Selector<'a>,
    declarations: Vec<(&'a str, &'a str)>,
}

/// Custom properties, which children inherit.
type Values = BTreeMap<String, String>;

/// The same picture, every style in its element.
pub(super) fn flat(svg: &str) -> Result<String, String> {
    let document = Document::parse(svg).map_err(|error| error.to_string())?;
    let sheet: String =
        document.descendants().filter(|node| node.has_tag_name("style")).filter_map(|node| node.text()).collect();
    let rules = rules(&sheet);
    let mut out = String::with_capacity(svg.len() * 2);
    write_element(&mut out, document.root_element(), &rules, &Values::new(), true);
    Ok(out)
}

/// The rules, the strongest last. Those under a condition are not for us: nothing is hovered, no colours are forced.
fn rules(sheet: &str) -> Vec<Rule<'_>> {
    let mut rules = Vec::new();
    let mut rest = sheet;
    while let Some((head, body)) = rest.split_once('{') {
        if head.trim_start().starts_with('@') {
            rest = after_block(body);
            continue;
        }
        let (body, after) = body.split_once('}').unwrap_or((body, ""));
        rest = after;
        let declarations: Vec<_> = body
            .split(';')
            .filter_map(|pair| pair.split_once(':'))
            .map(|(name, value)| (name.trim(), value.trim()))
            .collect();
        for selector in head.split(',').filter_map(|selector| Selector::parse(selector.trim())) {
            rules.push(Rule { selector, declarations: declarations.clone() });
        }
    }
    rules.sort_by_key(|rule| rule.selector.specificity());
    rules
}

/// What stands behind the block whose inside `text` begins with.
fn after_block(text: &str) -> &str {
    let mut depth = 1;
    for (place, c) in text.char_indices() {
        depth += match c {
            '{' => 1,
            '}' => -1,
            _ => 0,
        };
        if depth == 0 {
            return &text[place + 1..];
        }
    }
    ""
}

fn write_element(out: &mut String, node: Node<'_, '_>, rules: &[Rule<'_>], inherited: &Values, is_root: bool) {
    let name = node.tag_name().name();
    if matches!(name, "style" | "title" | "desc") {
        return;
    }
    let matching = || {
        let rules = rules.iter().filter(|rule| rule.selector.matches(&Styled(node)));
        rules.flat_map(|rule| rule.declarations.iter().copied())
    };
    let mut values = inherited.clone();
    for (name, value) in matching().filter(|(name, _)| name.starts_with("--")) {
        // Ours stand on those of ancestors alone, so their order in one element does not matter.
        if let Some(value) = resolved(value, &values, MAX_DEPTH) {
            values.insert(name.into(), value);
        }
    }
    let mut style = BTreeMap::new();
    for (name, value) in matching().filter(|(name, _)| !name.starts_with("--")) {
        match resolved(value, &values, MAX_DEPTH) {
            Some(value) => style.insert(name, value),
            // What stands on nothing is as if it were not set.
            None => style.remove(name),
        };
    }
    let _ = write!(out, "<{name}");
    if is_root {
        out.push_str(" xmlns=\"http://www.w3.org/2000/svg\"");
    }
    for attribute in node.attributes() {
        let _ = write!(out, " {}=\"{}\"", attribute.name(), escape(attribute.value()));
    }
    if name == "text" {
        // `white-space: pre`, as painters know it.
        out.push_str(" xml:space=\"preserve\"");
    }
    if !style.is_empty() {
        let style: Vec<String> = style.iter().map(|(name, value)| format!("{name}:{value}")).collect();
        let _ = write!(out, " style=\"{}\"", escape(&style.join(";")));
    }
    out.push('>');
    for child in node.children() {
        if child.is_element() {
            write_element(out, child, rules, &values, false);
        } else if child.is_text() {
            out.push_str(&escape(child.text().unwrap_or_default()));
        }
    }
    let _ = write!(out, "</{name}>");
}

/// `value` with every `var(--name, else)` replaced; none where one has neither a value nor another choice.
fn resolved(value: &str, values: &Values, depth: u8) -> Option<String> {
    let Some((before, call)) = value.split_once("var(") else { return Some(value.into()) };
    let depth = depth.checked_sub(1)?;
    let mut open = 1;
    let end = call.find(|c| {
        open += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        open == 0
    })?;
    let (inside, after) = (&call[..end], &call[end + 1..]);
    let (name, or_else) = inside.split_once(',').map_or((inside, None), |(name, or_else)| (name, Some(or_else)));
    let found = values.get(name.trim()).cloned().or_else(|| resolved(or_else?.trim(), values, depth))?;
    Some([before, &found, &resolved(after, values, depth)?].concat())
}

/// An element as selectors see it.
struct Styled<'a, 'input>(Node<'a, 'input>);

impl Element for Styled<'_, '_> {
    fn parent_element(&self) -> Option<Self> {
        self.0.parent_element().map(Styled)
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        self.0.prev_sibling_element().map(Styled)
    }

    fn has_local_name(&self, name: &str) -> bool {
        self.0.tag_name().name() == name
    }

    fn attribute_matches(&self, local_name: &str, operator: AttributeOperator<'_>) -> bool {
        self.0.attribute(local_name).is_some_and(|value| operator.matches(value))
    }

    fn pseudo_class_matches(&self, class: PseudoClass<'_>) -> bool {
        matches!(class, PseudoClass::FirstChild if self.0.prev_sibling_element().is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn styled(sheet: &str, inside: &str) -> String {
        let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"p\"><style>{sheet}</style>{inside}</svg>");
        flat(&svg).expect("it is XML")
    }

    #[test]
    fn values_come_from_the_nearest_ancestor() {
        let sheet = ".p{--a:#111;--b:#222}.p .g{--f:var(--a)}.p .h{--f:var(--b)}.p .box{fill:var(--f)}";
        let flat = styled(sheet, "<g class=\"g\"><path class=\"box\"/><g class=\"h\"><path class=\"box\"/></g></g>");
        assert!(flat.contains("<path class=\"box\" style=\"fill:#111\"></path><g"), "{flat}");
        assert!(flat.contains("<path class=\"box\" style=\"fill:#222\"></path></g>"), "{flat}");
        assert!(!flat.contains("<style"), "{flat}");
    }

    #[test]
    fn the_stronger_rule_holds_and_among_equals_the_later() {
        let sheet = ".p .x .a{fill:red}.p .a{fill:blue;stroke:blue}.p .a{stroke:green}.p path{stroke:gray}";
        let flat = styled(sheet, "<g class=\"x\"><path class=\"a\"/></g>");
        assert!(flat.contains("style=\"fill:red;stroke:green\""), "{flat}");
    }

    #[test]
    fn what_has_no_value_falls_back_or_is_not_set() {
        let sheet = ".p{--m:#333}.a{fill:var(--k,var(--m));stroke:var(--k);opacity:.5}.b{fill:a(1,var( --m ),2)}";
        let flat = styled(sheet, "<path class=\"a\"/><path class=\"b\"/>");
        assert!(flat.contains("class=\"a\" style=\"fill:#333;opacity:.5\""), "{flat}");
        assert!(flat.contains("class=\"b\" style=\"fill:a(1,#333,2)\""), "{flat}");
    }

    #[test]
    fn rules_under_a_condition_are_left_out_and_those_behind_them_are_not() {
        let sheet = "@media (x:y){.a{fill:red}.p{--m:#000}}.a:hover{fill:red}.a:focus-visible{fill:red}.a{fill:#444}";
        assert!(styled(sheet, "<path class=\"a\"/>").contains("style=\"fill:#444\""));
    }

    #[test]
    fn text_stays_text() {
        let flat = styled(".t{font-family:\"A B\",c}", "<text class=\"t\">a  &lt;b&gt; &amp;amp;</text>");
        assert!(flat.contains("style=\"font-family:&quot;A B&quot;,c\">a  &lt;b&gt; &amp;amp;</text>"), "{flat}");
    }
}
