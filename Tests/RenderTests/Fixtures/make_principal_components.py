#!/usr/bin/env python3
"""Writes principal-components.json: what NumPy says of the matrices that PrincipalComponentsTests makes.

Usage: Tests/RenderTests/Fixtures/make_principal_components.py    (needs NumPy)
"""
import json
import pathlib

import numpy as np


def matrix(rows, columns):
    """Numbers in 0...1 that any program makes alike."""
    return np.array(
        [[(i * i * 37 + j * 101 + i * j * j * 7) % 97 / 97 for j in range(columns)] for i in range(rows)])


def analysis(rows, columns, count):
    data = matrix(rows, columns)
    values, vectors = np.linalg.eigh(np.cov(data, rowvar=False))
    components = vectors[:, ::-1][:, :count].T
    return {
        "rows": rows,
        "columns": columns,
        "variances": values[::-1][:count].tolist(),
        "total": float(values.sum()),
        "components": components.tolist(),
        "scores": ((data - data.mean(axis=0)) @ components.T).tolist(),
    }


path = pathlib.Path(__file__).with_name("principal-components.json")
path.write_text(json.dumps([analysis(12, 40, 3), analysis(60, 9, 3)], indent=1) + "\n")
