// title: What is known of $person?
// about: >-
//   All relations of one name, and how its neighbours are tied to each other. Double-click a node to see more of it.

MATCH (x:Entity {name: $person})-[r]-(y:Entity)
WHERE r.status IS NOT NULL AND NOT y:Article AND NOT y:Statement
RETURN x, r, y
ORDER BY r.independent DESC, r.support DESC, r.id
LIMIT 300
