from django.urls import path, re_path

from leitfaden.editing import blocks, imports, publication, structure, uploads
from leitfaden.editing.publication import MOVES
from leitfaden.editing.structure import OPERATIONS

urlpatterns = [
    path("leitfaden/bearbeiten/", structure.outline, name="outline"),
    path("leitfaden/bearbeiten/umstellen/", structure.shift, name="shift"),
    path("leitfaden/bearbeiten/bild/", uploads.upload_picture, name="upload_picture"),
    path("leitfaden/bearbeiten/kapitel/<slug:anchor>/", structure.edit_chapter, name="edit_chapter"),
    path("leitfaden/bearbeiten/absatz/<slug:anchor>/", blocks.edit_block, name="edit_block"),
    re_path(
        rf"^leitfaden/bearbeiten/absatz/(?P<anchor>[a-z0-9]+)/(?P<operation>{'|'.join(OPERATIONS)})/$",
        structure.operate,
        name="operate",
    ),
    re_path(
        r"^leitfaden/bearbeiten/neu/(?P<where>vor|nach|in|vorn)/(?P<anchor>[a-z0-9]+)/(?P<kind>[a-z]+)/$",
        blocks.new_block,
        name="new_block",
    ),
    path("leitfaden/bearbeiten/import/", imports.upload, name="import"),
    path("leitfaden/bearbeiten/import/<int:number>/", imports.confirm, name="confirm_import"),
    path("leitfaden/bearbeiten/ausgaben/", publication.edition_list, name="editions"),
    path("leitfaden/bearbeiten/ausgaben/neu/", publication.new_edition, name="new_edition"),
    path("leitfaden/bearbeiten/ausgaben/<slug:slug>/", publication.review_edition, name="review_edition"),
    path("leitfaden/bearbeiten/ausgaben/<slug:slug>/loeschen/", publication.delete_edition, name="delete_edition"),
    re_path(
        rf"^leitfaden/bearbeiten/ausgaben/(?P<slug>[\d-]+)/(?P<move>{'|'.join(MOVES)})/$",
        publication.move_edition,
        name="move_edition",
    ),
]
