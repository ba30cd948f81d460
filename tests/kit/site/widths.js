// Which pages are wider than the screen, at the widths of phones, tablets and a desktop?
const WIDTHS = [1280, 812, 768, 390, 360];

async function check(pages) {
    for (const width of WIDTHS) {
        for (const name of pages) {
            const {document} = await show(name, width);
            // The whole page, and the part beside the tree, which scrolls by itself.
            for (const part of [document.documentElement, document.getElementById("doc-content")])
                if (part && part.scrollWidth > part.clientWidth)
                    wrong(`${name} is ${part.scrollWidth} wide where there is room for ${part.clientWidth}`);
        }
    }
    say(`all looked at: ${pages.length} pages, ${WIDTHS.length} widths`);
}
