"""Harmony gets stuck developers and agents unstuck.

apps -> coordination | assist | settlement -> commons -> adapters | messages -> kernel

An arrow may be followed, never turned. Begin with ``docs/map.md``.
"""
