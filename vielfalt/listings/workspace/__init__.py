""" "Mein Bereich": where members see what there is to do and keep the entries of their organisations true.

The package knows no domain. A domain describes its kind of organisations once, as a ``Keeping``,
gets the pages from ``urls.pages_of`` and registers its share of the start page in
``AppConfig.ready``; so only what needs no models can be imported from here.
"""

from vielfalt.listings.workspace.shares import Place, Share, Task, register, share_of

__all__ = ["Place", "Share", "Task", "register", "share_of"]
