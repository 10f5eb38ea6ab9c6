"""Tell upper rooms, inside the transaction, which organisations changed, so that they can index them anew.

Receivers get `uids`, the public ids of the organisations. Sent by the services and by saves in the CMS.
"""

from django.dispatch import Signal

organisations_changed = Signal()
