// SVG charts, the same in the page and in Node.
export {};
