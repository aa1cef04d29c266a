namespace Signalbox.BrowserTests;

/// <summary>What is asked of a page in the browser itself.</summary>
internal static class Judgement
{
    /// <summary>Texts whose contrast is below WCAG AA, each with its ratio.</summary>
    public const string Contrast = """
        () => {
          const parse = text => {
            let m = text.match(/^rgba?\(([^)]+)\)$/);
            if (m) { const p = m[1].split(/[ ,\/]+/).map(Number); return [p[0] / 255, p[1] / 255, p[2] / 255, p[3] ?? 1]; }
            m = text.match(/^color\(srgb ([^)]+)\)$/);
            if (m) { const p = m[1].split(/[ \/]+/).map(Number); return [p[0], p[1], p[2], p[3] ?? 1]; }
            return null;
          };
          const over = (top, under) => [0, 1, 2].map(i => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
          const linear = v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
          const light = c => .2126 * linear(c[0]) + .7152 * linear(c[1]) + .0722 * linear(c[2]);
          const found = [];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            if (!node.textContent.trim()) continue;
            const element = node.parentElement;
            if (!element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) || element.closest('.unseen, .skip, title')) continue;
            const style = getComputedStyle(element);
            const layers = [];
            for (let each = element; each; each = each.parentElement) layers.unshift(parse(getComputedStyle(each).backgroundColor) ?? [1, 0, 1, 1]);
            let under = [1, 1, 1, 1];
            for (const layer of layers) under = over(layer, under);
            const colour = element.closest('svg') ? style.fill : style.color;
            const text = parse(colour);
            if (!text) { found.push(`cannot read ${colour}`); continue; }
            const [a, b] = [light(over(text, under)), light(under)].sort((x, y) => y - x);
            const ratio = (a + .05) / (b + .05);
            const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
            if (ratio < (large ? 3 : 4.5)) found.push(`${ratio.toFixed(2)}: ${node.textContent.trim().slice(0, 40)} (${element.tagName}.${element.className})`);
          }
          return [...new Set(found)];
        }
        """;

    /// <summary>How many pixels of the page are out of the window to the right, and what reaches out.</summary>
    public const string Overflow = """
        () => {
          const more = document.documentElement.scrollWidth - window.innerWidth;
          if (more <= 0) return [];
          return [`${more} px`, ...[...document.body.querySelectorAll('*')].filter(each => each.getBoundingClientRect().right > window.innerWidth + 1)
            .map(each => `${each.tagName}.${each.className.baseVal ?? each.className}`).slice(0, 6)];
        }
        """;

    /// <summary>What can be operated but has no name, and names that stand twice as ids.</summary>
    public const string Names = """
        () => {
          const named = each => (each.getAttribute('aria-label') || each.textContent || each.labels?.[0]?.textContent || each.title || '').trim();
          const nameless = [...document.querySelectorAll('a, button, input:not([type=hidden]), textarea, select, summary')].filter(each => !named(each));
          const ids = [...document.querySelectorAll('[id]')].map(each => each.id);
          return [...nameless.map(each => each.outerHTML.slice(0, 90)), ...ids.filter((id, at) => ids.indexOf(id) !== at).map(id => `twice: ${id}`)];
        }
        """;

    /// <summary>What has the focus, and whether one sees it.</summary>
    public const string Focus = """
        () => {
          const at = document.activeElement;
          const style = getComputedStyle(at);
          window.reached ??= new Set();
          window.reached.add(at);
          const text = (at.textContent || at.id || '').trim().slice(0, 40);
          return [at.tagName, text, style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 ? 'seen' : 'unseen'];
        }
        """;

    /// <summary>What the keyboard has not reached.</summary>
    public const string Unreached = """
        () => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), textarea, select, summary')]
          .filter(each => each.checkVisibility() && !each.closest('dialog') && !window.reached.has(each)).map(each => each.outerHTML.slice(0, 90))
        """;
}
