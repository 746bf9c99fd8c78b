"""Public pages that are worked out once and then given to everybody, for as long as nothing they show has changed.

A view says that its answer is the same for all readers (:func:`vielfalt.answers.sharing.shared`), the database counts
the transactions that changed anything (:mod:`vielfalt.answers.watching`), and the middleware keeps each answer
until the count or the day is another (:mod:`vielfalt.answers.keeping`). ADR 21 says why.
"""
