#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that can have the keyboard has a name for those who do not see it, in each view and dialog.
usage: names.py PROGRAM SAMPLE-PROGRAM"""
import os
import re
import subprocess
import sys
import time

from gi.repository import GLib

from accessible import Program, need_tools, press, private_world, wait_for, walk

VIEWS = ("Overview", "Map", "Assets", "Traffic", "Timeline", "Access", "Review")
TYPE = re.compile(r"(Gtk|Adw|Isth)[A-Z]\w*")  # what GTK calls a widget without a name
DOUBLE = re.compile(r"_.* ")                  # "_Save Save": the label with its underline, and the label
CLOSED = ("label", "image", "scroll bar", "separator", "table row", "page tab")  # nothing below them takes the keyboard by itself
HOLDERS = ("scroll pane", "label")            # take the keyboard only to hand it on; text to select is its own name


def path_of(node):
    """Roles and names from the window down, so that somebody finds the widget."""
    words = []
    while node and node.get_role_name() != "application":
        words.append(f"{node.get_role_name()} “{node.get_name()}”")
        node = node.get_parent()
    return " / ".join(reversed(words[:5]))


def is_choice(node):
    """An item of a list to choose from, or the chosen one: GTK and libadwaita make them themselves, each with one label."""
    parent = node.get_parent()
    while parent and (node.get_role_name() == "list item" or node.get_name() == "GtkListItemWidget"):
        if parent.get_role_name() == "combo box":
            return True
        parent = parent.get_parent()
    return False


def nameless(top):
    from gi.repository import Atspi

    found = set()
    for node in walk(top, closed=CLOSED):
        try:
            if node.get_role_name() in HOLDERS or is_choice(node) or not node.get_state_set().contains(Atspi.StateType.FOCUSABLE):
                continue
            name = node.get_name()
            if not name or TYPE.fullmatch(name) or DOUBLE.match(name):
                found.add(path_of(node))
        except (AttributeError, GLib.Error):  # it vanished while it was asked
            continue
    return found


def select_first(program, view, words):
    """Ctrl+F and Enter take the first row of the view; then these words stand in the inspector."""
    program.click("page tab", view)
    entry = program.find("entry", "Find")
    wait_for("the keyboard in Find", lambda: press("f", control=True) or has_focus(entry))
    wait_for(f"the first of {view} in the inspector",
             lambda: press("Return") or any(program.find_all("label", words, program.find("filler", "Inspector"))))


def has_focus(node):
    from gi.repository import Atspi

    return any(part.get_state_set().contains(Atspi.StateType.FOCUSED) for part in walk(node))


def views(program):
    for view in VIEWS:
        program.click("page tab", view)  # what a view shows is made when it is seen, and stays
    program.find("tree table", "Remote sessions")
    yield "all views", program.windows()[0]
    for view, words in (("Assets", "Addresses"), ("Traffic", "Between"), ("Timeline", "What it means"), ("Access", "From where to where")):
        select_first(program, view, words)
        yield f"{view}, first selected", program.find("filler", "Inspector")


def other_window(program):
    """The dialog in front."""
    return wait_for("a second window", lambda: next((window for window in program.windows() if not window.get_name().endswith("– Isthmus")), None))


def go_to(program, role, name):
    """By Tab, one after another."""
    node = program.find(role, name, program.find("filler", "Inspector"))

    def is_there():
        press("Tab")
        time.sleep(0.2)  # it may not be asked for again before it is there
        return has_focus(node)
    wait_for(f"the keyboard at “{name}”", is_there)


def dialogs(program):
    select_first(program, "Assets", "Addresses")
    wait_for("“Edit asset”", lambda: press("F2") or any(program.find_all("label", "Edit asset")))
    yield "Edit asset", other_window(program)
    program.click("push button", "Cancel")
    program.wait_gone("push button", "Apply")
    press("d", control=True)
    yield "Decide", other_window(program)
    program.click("push button", "Cancel")
    program.wait_gone("push button", "Write down")
    press("l", control=True)
    yield "Listen", other_window(program)
    press("Escape")
    program.wait_gone("frame", "Listen")
    yield from by_menu(program)
    select_first(program, "Timeline", "What it means")
    go_to(program, "list item", "Frame ")
    press("Return")
    yield "Evidence", other_window(program)


def choose(program, item):
    """The menu is below its button, where nothing else is looked for."""
    return any(node.get_role_name() == "menu item" and node.get_name().startswith(item) and node.do_action(0)
               for node in walk(program.windows()[0], closed=("page tab", "tree table", "table row")))


def by_menu(program):
    """Dialogs that only the main menu has."""
    for item, title in (("Address ranges of the site", "Address ranges of the site"), ("About Isthmus", "Isthmus")):
        press("F10")
        wait_for(f"“{item}” in the menu", lambda item=item: choose(program, item))
        yield item, other_window(program)
        press("Escape")
        wait_for(f"“{item}” is gone", lambda: len(program.windows()) == 1)


def main():
    program_path, sample_path = sys.argv[1:3]
    need_tools()
    with private_world() as home:
        capture = os.path.join(home, "plant.pcapng")
        subprocess.run([sample_path, capture], check=True)
        bad = {}
        with Program(program_path, capture) as program:
            program.find("label", "Needs attention")
            for steps in (views, dialogs):
                for place, top in steps(program):
                    for path in nameless(top):
                        bad.setdefault(path, place)
                    print(f"ok {place}", flush=True)
    for path, place in sorted(bad.items()):
        print(f"no name ({place}): {path}")
    sys.exit(1 if bad else 0)


main()
