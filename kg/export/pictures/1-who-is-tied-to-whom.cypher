// title: Who is tied to whom?
// about: >-
//   The forty names that most articles tell of, and what ties them to each other. Articles, statements and claims are
//   left out. A line is what articles assert, unless its caption says otherwise: alleged (only a speaker affirms it),
//   denied, planned, possible or ended.

MATCH (n:Entity)-[r]-(:Entity)
WHERE r.status IS NOT NULL AND NOT n:Article AND NOT n:Statement AND NOT n:MediaOutlet
WITH n, n.articles AS articles, count(r) AS ties
ORDER BY articles DESC, ties DESC, n.id LIMIT 40
WITH collect(n) AS names
MATCH (a)-[r]->(b)
WHERE a IN names AND b IN names AND r.status IS NOT NULL
RETURN a, r, b
ORDER BY r.independent DESC, r.support DESC, r.id
LIMIT 300
