#pragma once
// The per-cell arithmetic of the automaton.
