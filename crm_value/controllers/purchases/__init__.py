from . import purchase_import
