insert into products (sku, name, price, stock) values
  ('pocket-sundial', 'Pocket sundial', 4900, 1000000),
  ('garden-sundial', 'Garden sundial', 18900, 1000000),
  ('armillary-sphere', 'Armillary sphere', 64900, 1000000),
  ('shadow-clock', 'Shadow clock, numbered edition', 129000, 5),
  ('obelisk', 'Obelisk, out of print', 990000, 0);

insert into delivery_countries (country) values
  ('AT'), ('BE'), ('CH'), ('CZ'), ('DE'), ('DK'), ('ES'), ('FI'), ('FR'), ('GB'), ('IE'), ('IT'), ('LU'), ('NL'), ('NO'), ('PL'), ('PT'), ('SE');
