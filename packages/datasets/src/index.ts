// Small real data sets with sources and licences.
export {};
