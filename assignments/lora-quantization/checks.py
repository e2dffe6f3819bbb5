# The public checks of lora-quantization, as `autograder check` runs them.
# Les vérifications publiques de lora-quantization, telles que les exécute `autograder check`.

# %% group="update"
# The low-rank update — 4 points
# La correction de rang faible — 4 points
# r = 1 and alpha = 2: twice the outer product of the column B and the row A.
delta = lora_delta(torch.tensor([[2.0, 0.0, -1.0]]), torch.tensor([[1.0], [3.0]]), 2.0)
close(delta, torch.tensor([[4.0, 0.0, -2.0], [12.0, 0.0, -6.0]]), FLOAT32, en="lora_delta", fr="lora_delta")
# r = 2 and alpha = 1: half of B A.
delta = lora_delta(torch.tensor([[1.0, 0.0], [0.0, 1.0]]), torch.tensor([[2.0, 4.0]]), 1.0)
close(delta, torch.tensor([[1.0, 2.0]]), FLOAT32, en="lora_delta of rank 2", fr="lora_delta de rang 2")
layer = LoRALinear(linear(torch.tensor([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]), torch.tensor([10.0, 20.0])), 1, 2.0)
layer.load_state_dict({"A": torch.tensor([[2.0, 0.0, -1.0]]), "B": torch.tensor([[1.0], [3.0]])}, strict=False)
# The base gives (11, 21); the correction 2 * (2 - 1) * (1, 3) = (2, 6).
close(
    layer(torch.ones(3)), torch.tensor([13.0, 27.0]), FLOAT32, en="result of the layer", fr="le résultat de la couche"
)

# %% group="trained"
# What is trained — 3 points
# Ce qui est entraîné — 3 points
trunk = linear(torch.ones(2, 3), torch.zeros(2))
layer = LoRALinear(trunk, r=4, alpha=8.0)
expect(layer.base is trunk, en="`base` is the layer that was passed", fr="`base` est la couche reçue")
shape(layer.A, (4, 3), en="A", fr="A")
close(layer.B, torch.zeros(2, 4), FLOAT32, en="B at the start", fr="B au départ")
close(
    layer(torch.ones(5, 3)),
    torch.full((5, 2), 3.0),
    FLOAT32,
    en="result of a fresh layer (that of its base)",
    fr="le résultat d'une couche neuve (celui de sa base)",
)
slopes = parameter_gradients(layer, torch.ones(5, 3), torch.ones(5, 2))
expect(
    slopes["base.weight"] is None and slopes["base.bias"] is None,
    en="the base's weight and bias are frozen: they get no gradient",
    fr="le poids et le biais de la base sont gelés : ils ne reçoivent pas de gradient",
)
same(count_trainable(trunk), 0, en="trained numbers of the frozen base", fr="les nombres entraînés de la base gelée")
same(count_trainable(layer), 4 * (3 + 2), en="trained numbers of the layer", fr="les nombres entraînés de la couche")

# %% group="merge"
# Merge and unmerge — 4 points
# Fusionner et défusionner — 4 points
trunk = linear(torch.tensor([[1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]))
layer = LoRALinear(trunk, 1, 2.0)
layer.load_state_dict({"A": torch.tensor([[2.0, 0.0, -1.0]]), "B": torch.tensor([[1.0], [3.0]])}, strict=False)
for time in ("once", "twice"):
    layer.merge()
    close(
        trunk.weight,
        torch.tensor([[5.0, 1.0, -1.0], [13.0, 1.0, -5.0]]),
        FLOAT32,
        en=f"the base's weight, merged {time}",
        fr=f"le poids de la base, fusionné {'une fois' if time == 'once' else 'deux fois'}",
    )
close(
    layer(torch.ones(3)),
    torch.tensor([5.0, 9.0]),
    FLOAT32,
    en="result of the merged layer",
    fr="le résultat de la couche fusionnée",
)
layer.unmerge()
close(trunk.weight, torch.ones(2, 3), FLOAT32, en="the base's weight, unmerged", fr="le poids de la base, défusionné")

# %% group="absmax"
# Symmetric quantization — 2 points
# La quantification symétrique — 2 points
# Scale 3 / 3 = 1, with 3 bits.
q, scale = parts(quantize_absmax(torch.tensor([[-3.0, 1.2], [0.0, 0.7]]), bits=3), 2, en="(q, scale)", fr="(q, scale)")
dtype(q, torch.int8, en="q", fr="q")
same(q.tolist(), [[-3, 1], [0, 1]], en="q with 3 bits", fr="q sur 3 bits")
close(scale, torch.tensor(1.0), FLOAT32, en="scale with 3 bits", fr="l'échelle sur 3 bits")
q, scale = quantize_absmax(torch.tensor([254.0, -254.0, 100.0]), bits=8)
same(q.tolist(), [127, -127, 50], en="q with 8 bits", fr="q sur 8 bits")
close(scale, torch.tensor(2.0), FLOAT32, en="scale with 8 bits", fr="l'échelle sur 8 bits")

# %% group="affine"
# Affine quantization — 3 points
# La quantification affine — 3 points
# Range -1 … 2, scale 3 / 3 = 1, zero point 1.
q, scale, zero_point = parts(
    quantize_affine(torch.tensor([-1.0, 0.3, 2.0]), bits=2), 3, en="(q, scale, zero_point)", fr="(q, scale, zero_point)"
)
dtype(q, torch.uint8, en="q", fr="q")
same(q.tolist(), [0, 1, 3], en="q with 2 bits", fr="q sur 2 bits")
close(scale, torch.tensor(1.0), FLOAT32, en="scale", fr="l'échelle")
same(zero_point, torch.tensor(1), en="zero_point", fr="zero_point")
# A scale per row: ranges 0 … 255 and -510 … 0.
q, scale, zero_point = quantize_affine(torch.tensor([[100.0, 255.0], [-510.0, -20.0]]), bits=8, axis=0)
close(scale, torch.tensor([[1.0], [2.0]]), FLOAT32, en="scales of two rows", fr="les échelles de deux lignes")
same(zero_point, torch.tensor([[0], [255]]), en="zero points of two rows", fr="les points zéro de deux lignes")
same(q.tolist(), [[100, 255], [0, 245]], en="q with a scale per row", fr="q avec une échelle par ligne")

# %% group="edges"
# Halves, zeros and constant rows — 2 points
# Demis, zéros et lignes constantes — 2 points
# Halves, with a scale of 1: 3 is the largest of 3 bits; the affine range is -1 … 2 on 2 bits.
same(
    quantize_absmax(torch.tensor([3.0, 0.5, 1.5, 2.5, -0.5]), 3)[0].tolist(),
    [3, 0, 2, 2, 0],
    en="halves in quantize_absmax (to the even neighbour)",
    fr="les demis dans quantize_absmax (au voisin pair)",
)
same(
    quantize_affine(torch.tensor([-1.0, 0.5, 1.5, 2.0]), 2)[0].tolist(),
    [0, 1, 3, 3],
    en="halves in quantize_affine (to even, before the zero point is added)",
    fr="les demis dans quantize_affine (au pair, avant d'ajouter le point zéro)",
)
q, scale = quantize_absmax(torch.zeros(2, 2), 8)
same(q.tolist(), [[0, 0], [0, 0]], en="q of a tensor of zeros", fr="q d'un tenseur de zéros")
close(scale, torch.tensor(1.0), FLOAT32, en="scale of a tensor of zeros", fr="l'échelle d'un tenseur de zéros")
q, scale, zero_point = quantize_affine(torch.tensor([[0.0, 0.0], [3.0, 3.0]]), 2, axis=0)
same(q.tolist(), [[0, 0], [3, 3]], en="q of constant rows", fr="q de lignes constantes")
close(
    scale,
    torch.tensor([[1.0], [1.0]]),
    FLOAT32,
    en="scales of a row of zeros and a row of threes",
    fr="les échelles d'une ligne de zéros et d'une ligne de trois",
)

# %% group="return"
# Back to floats — 2 points
# Le retour aux flottants — 2 points
close(
    dequantize(torch.tensor([0, 1, 3], dtype=torch.uint8), torch.tensor(0.5), torch.tensor(1)),
    torch.tensor([-0.5, 0.0, 1.0]),
    FLOAT32,
    en="dequantize of unsigned integers",
    fr="dequantize d'entiers non signés",
)
close(
    dequantize(torch.tensor([3, -2], dtype=torch.int8), torch.tensor(0.5)),
    torch.tensor([1.5, -1.0]),
    FLOAT32,
    en="dequantize without a zero point",
    fr="dequantize sans point zéro",
)
# A zero point without dimension, above q: the difference is negative, and must not wrap around.
close(
    dequantize(torch.tensor([0, 200], dtype=torch.uint8), torch.tensor(0.1), torch.tensor(100)),
    torch.tensor([-10.0, 10.0]),
    FLOAT32,
    en="dequantize around the zero point",
    fr="dequantize autour du point zéro",
)
