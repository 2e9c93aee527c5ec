// What every part uses.

/** 0, 1, ... below `count`. */
const range = (count) => [...Array(count).keys()];

/** An element with these properties. */
const make = (name, properties) => Object.assign(document.createElement(name), properties);

const element = (id) => document.getElementById(id);
