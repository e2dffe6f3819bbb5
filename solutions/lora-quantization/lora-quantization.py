# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] lang="en"
# # LoRA and quantization
#
# A model of 7 billion parameters takes 14 GB in 16-bit floats. To fine-tune *all* of it with Adam takes several times
# that: each parameter comes with its gradient and two running averages. Two ideas bring this down to one ordinary
# graphics card, and you write both from scratch:
#
# | idea | what it saves | source |
# |---|---|---|
# | **LoRA**: freeze the weights, train a small correction of low rank beside them | gradients and optimiser states: for GPT-3, 10,000 times fewer trained parameters | Hu et al. 2021 |
# | **quantization**: store each weight as a small integer, with one scale for many | the weights themselves: 8 or 4 bits instead of 16 | Jacob et al. 2018; Dettmers et al. 2022 |
#
# Together they make QLoRA (Dettmers et al. 2023): the frozen weights in 4 bits, the correction in 16.
#
# Notation: a linear layer computes $x W^\top + b$ with $W$ of shape `[d_out, d_in]`, as torch's `nn.Linear` stores it.
# `r` is the rank of the correction, at least 1. No function modifies the tensors it is given; `merge` and `unmerge`
# alone write into a weight, since that is their job.

# %% [markdown] lang="fr"
# # LoRA et quantification
#
# Un modèle de 7 milliards de paramètres occupe 14 Go en flottants de 16 bits. L'affiner *en entier* avec Adam en demande
# plusieurs fois autant : chaque paramètre vient avec son gradient et deux moyennes glissantes. Deux idées ramènent tout
# cela à une carte graphique ordinaire, et vous les écrivez toutes deux de zéro :
#
# | idée | ce qu'elle économise | source |
# |---|---|---|
# | **LoRA** : geler les poids, et entraîner à côté une petite correction de rang faible | les gradients et les états de l'optimiseur : pour GPT-3, 10 000 fois moins de paramètres entraînés | Hu et al. 2021 |
# | **quantification** : stocker chaque poids comme un petit entier, avec une échelle pour beaucoup d'entre eux | les poids eux-mêmes : 8 ou 4 bits au lieu de 16 | Jacob et al. 2018 ; Dettmers et al. 2022 |
#
# Ensemble, elles font QLoRA (Dettmers et al. 2023) : les poids gelés sur 4 bits, la correction sur 16.
#
# Notations : une couche linéaire calcule $x W^\top + b$, avec $W$ de forme `[d_out, d_in]`, comme `nn.Linear` de torch la
# stocke. `r` est le rang de la correction, au moins 1. Aucune fonction ne modifie les tenseurs qu'on lui donne ; seules
# `merge` et `unmerge` écrivent dans un poids, puisque c'est leur rôle.

# %% id="imports"
import torch
from torch import Tensor, nn

from autograder.checks import FLOAT32, close, dtype, expect, parts, same, shape

# %% [markdown] lang="en"
# The cell below is given. `linear` makes a layer of weights you choose, `chain` puts layers one after the other, and
# `parameter_gradients` shows who learns: it returns the gradient of every parameter of a module by name, `None` for a
# parameter that asks for none.

# %% [markdown] lang="fr"
# La cellule ci-dessous est donnée. `linear` fait une couche avec les poids que vous choisissez, `chain` met des couches
# l'une après l'autre, et `parameter_gradients` montre qui apprend : elle renvoie par nom le gradient de chaque paramètre
# d'un module, `None` pour un paramètre qui n'en demande pas.


# %% id="given"
def linear(weight: Tensor, bias: Tensor | None = None) -> nn.Linear:
    """A linear layer with these weights. weight: [d_out, d_in]; bias: [d_out] or None."""
    d_out, d_in = weight.shape
    layer = nn.Linear(d_in, d_out, bias=bias is not None, dtype=weight.dtype)
    layer.load_state_dict({"weight": weight} if bias is None else {"weight": weight, "bias": bias})
    return layer


def chain(*layers: nn.Module) -> nn.Sequential:
    """Layers one after the other, as one module."""
    return nn.Sequential(*layers)


def parameter_gradients(module: nn.Module, x: Tensor, weights: Tensor) -> dict[str, Tensor | None]:
    """Gradients of sum(weights * module(x)) by parameter name: {"A": …, "B": …, "base.weight": None}."""
    module.zero_grad(set_to_none=True)
    score = (weights * module(x)).sum()
    if score.requires_grad:
        score.backward()
    return {name: parameter.grad for name, parameter in module.named_parameters()}


# %% [markdown] lang="en"
# ## 1. The correction: `lora_delta`
#
# Fine-tuning changes $W$ into $W + \Delta W$. Hu et al. found that the change can be squeezed into a very low rank: a
# product of a tall matrix and a wide one does nearly as well as a free $\Delta W$.
#
# $$\Delta W = \frac{\alpha}{r} \, B A \qquad A \in \mathbb{R}^{r \times d_{in}}, \quad B \in \mathbb{R}^{d_{out} \times r}$$
#
# With $d_{in} = d_{out} = 4096$ and $r = 8$, that is 65,536 numbers instead of 16.8 million. The factor $\alpha / r$
# keeps the size of the correction comparable when you try another rank, so that the learning rate need not change with
# it.
#
# By hand, with $r = 1$ and $\alpha = 2$: $B = \begin{pmatrix} 1 \\ 3 \end{pmatrix}$ and
# $A = \begin{pmatrix} 2 & 0 & -1 \end{pmatrix}$ give
# $\Delta W = \begin{pmatrix} 4 & 0 & -2 \\ 12 & 0 & -6 \end{pmatrix}$: every row is a multiple of $A$.
#
# Write `lora_delta(A, B, alpha)`. The rank is read off the shapes; the result has the dtype of `A`, and gradients flow
# to both.
#
# <details><summary>Hint</summary>
#
# The result has the shape of $W$, `[d_out, d_in]`. Which of the two products $A B$ and $B A$ exists, and has it? Which
# dimension of `A` is the rank?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# r       <- number of rows of A
# product <- B times A                         [d_out, d_in]
# answer  <- product, times alpha over r
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 1. La correction : `lora_delta`
#
# L'affinage change $W$ en $W + \Delta W$. Hu et al. ont constaté que ce changement tient dans un rang très faible : le
# produit d'une matrice haute et d'une matrice large fait presque aussi bien qu'un $\Delta W$ libre.
#
# $$\Delta W = \frac{\alpha}{r} \, B A \qquad A \in \mathbb{R}^{r \times d_{in}}, \quad B \in \mathbb{R}^{d_{out} \times r}$$
#
# Avec $d_{in} = d_{out} = 4096$ et $r = 8$, cela fait 65 536 nombres au lieu de 16,8 millions. Le facteur $\alpha / r$
# garde à la correction une taille comparable quand on essaie un autre rang : le pas d'apprentissage n'a pas à changer
# avec lui.
#
# À la main, avec $r = 1$ et $\alpha = 2$ : $B = \begin{pmatrix} 1 \\ 3 \end{pmatrix}$ et
# $A = \begin{pmatrix} 2 & 0 & -1 \end{pmatrix}$ donnent
# $\Delta W = \begin{pmatrix} 4 & 0 & -2 \\ 12 & 0 & -6 \end{pmatrix}$ : chaque ligne est un multiple de $A$.
#
# Écrivez `lora_delta(A, B, alpha)`. Le rang se lit dans les formes ; le résultat a le dtype de `A`, et les gradients
# atteignent les deux.
#
# <details><summary>Indice</summary>
#
# Le résultat a la forme de $W$, `[d_out, d_in]`. Lequel des deux produits $A B$ et $B A$ existe, et a cette forme ?
# Quelle dimension de `A` est le rang ?
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# r       <- nombre de lignes de A
# produit <- B fois A                          [d_out, d_in]
# réponse <- produit, multiplié par alpha sur r
# ```
#
# </details>


# %% id="delta"
def lora_delta(A: Tensor, B: Tensor, alpha: float) -> Tensor:
    """What LoRA adds to a weight: alpha / r times B A.

    A: [r, d_in]; B: [d_out, r], of the same dtype; alpha: any float; returns [d_out, d_in].
    lora_delta([[2., 0., -1.]], [[1.], [3.]], 2.) -> [[4., 0., -2.], [12., 0., -6.]]
    Source: Hu et al. 2021, "LoRA: Low-Rank Adaptation of Large Language Models", section 4.1.
    """
    ### BEGIN SOLUTION
    return B @ A * (alpha / len(A))
    ### END SOLUTION


# %% [markdown] lang="en"
# ## 2. The layer: `LoRALinear`
#
# Now wrap a trained `nn.Linear` so that only the correction learns. The class is an `nn.Module` with these attributes:
#
# | attribute | is |
# |---|---|
# | `base` | the very layer that was passed, not a copy; **all** its parameters are frozen (`requires_grad` is `False`), the bias too if it has one |
# | `A` | an `nn.Parameter` `[r, d_in]`, uniform between $-1/\sqrt{d_{in}}$ and $1/\sqrt{d_{in}}$ |
# | `B` | an `nn.Parameter` `[d_out, r]` of **zeros** |
# | `merged` | a bool, `False` at first |
#
# - `A` and `B` have the dtype of the base's weight. `A` is drawn from a generator of your own seeded with `seed`: one
#   seed, one `A`, whatever was drawn before.
# - **Why zero, and why only one of them?** With $B = 0$ the layer starts as an exact copy of the trained one. If `A` were
#   zero too, the gradient of each would be a product with the other: zero, for ever. If both were random, training would
#   begin by mending a model that you had just broken.
# - `forward(x)`, `x: [..., d_in]` with any leading dimensions: $x W^\top + b + \frac{\alpha}{r} (x A^\top) B^\top$, of
#   shape `[..., d_out]`. Through the two thin matrices: a
#   $\Delta W$ of full size, built at each step, would cost what LoRA is there to save.
# - `merge()`: adds $\Delta W$ to `base.weight`, **in the same parameter, still frozen**, and sets `merged`. From then on
#   `forward` is the base's alone: inference costs exactly what it did before LoRA. A second `merge()` changes nothing.
# - `unmerge()`: takes it off again, up to rounding. On a layer that is not merged it changes nothing.
# - `A` and `B` stay what they are through all this, and nobody changes them while the layer is merged.
#
# Write also `count_trainable(module)`: how many numbers (not tensors) an optimiser would change, in the module and all
# its submodules. A parameter that is used in two places counts once.
#
# <details><summary>Hint</summary>
#
# A module registers the parameters of what you assign to it: `self.base = base` is enough, and `requires_grad_` exists
# for a whole module. Autograd must not follow what `merge` does to the weight: `torch.no_grad()`. And what tells a second
# `merge()` that there was a first?
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# __init__  keep base, frozen; keep alpha; merged <- False
#           A <- uniform in (-1, 1) over root(d_in), from a generator with this seed
#           B <- zeros
# forward   y <- base of x; when merged, that is all
#           else y plus alpha/r times (x through A, then through B)
# merge     unless merged: without gradient, add the delta to the base's weight in place; merged <- True
# unmerge   only when merged: the opposite
#
# count_trainable   sum, over the parameters that require a gradient, of their number of elements
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 2. La couche : `LoRALinear`
#
# Enveloppez maintenant une `nn.Linear` déjà entraînée, de sorte que seule la correction apprenne. La classe est un
# `nn.Module` qui porte ces attributs :
#
# | attribut | est |
# |---|---|
# | `base` | la couche reçue, elle-même et non une copie ; **tous** ses paramètres sont gelés (`requires_grad` vaut `False`), le biais aussi s'il y en a un |
# | `A` | un `nn.Parameter` `[r, d_in]`, uniforme entre $-1/\sqrt{d_{in}}$ et $1/\sqrt{d_{in}}$ |
# | `B` | un `nn.Parameter` `[d_out, r]` de **zéros** |
# | `merged` | un bool, `False` au départ |
#
# - `A` et `B` ont le dtype du poids de la base. `A` est tirée d'un générateur à vous, de graine `seed` : une graine, un
#   `A`, quoi qu'on ait tiré auparavant.
# - **Pourquoi zéro, et pourquoi pour l'une seulement ?** Avec $B = 0$, la couche part comme une copie exacte de celle qui
#   est entraînée. Si `A` aussi était nulle, le gradient de chacune serait un produit par l'autre : nul, à jamais. Si les
#   deux étaient aléatoires, l'entraînement commencerait par réparer un modèle qu'on vient de casser.
# - `forward(x)`, avec `x: [..., d_in]` et des dimensions initiales quelconques :
#   $x W^\top + b + \frac{\alpha}{r} (x A^\top) B^\top$, de forme `[..., d_out]`. En passant par les deux matrices minces :
#   un $\Delta W$ de pleine taille, bâti à chaque pas, coûterait ce que LoRA doit justement économiser.
# - `merge()` : ajoute $\Delta W$ à `base.weight`, **dans le même paramètre, toujours gelé**, et met `merged` à `True`. Dès
#   lors, `forward` est celui de la base seule : l'inférence coûte exactement autant qu'avant LoRA. Un deuxième `merge()`
#   ne change rien.
# - `unmerge()` : la retire, aux arrondis près. Sur une couche qui n'est pas fusionnée, elle ne change rien.
# - `A` et `B` restent ce qu'elles sont dans tout cela, et personne ne les change tant que la couche est fusionnée.
#
# Écrivez aussi `count_trainable(module)` : combien de nombres (et non de tenseurs) un optimiseur changerait, dans le
# module et tous ses sous-modules. Un paramètre utilisé à deux endroits compte une fois.
#
# <details><summary>Indice</summary>
#
# Un module enregistre les paramètres de ce qu'on lui affecte : `self.base = base` suffit, et `requires_grad_` existe pour
# un module entier. Autograd ne doit pas suivre ce que `merge` fait au poids : `torch.no_grad()`. Et qu'est-ce qui apprend
# à un deuxième `merge()` qu'il y en a eu un premier ?
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# __init__  garder base, gelée ; garder alpha ; merged <- False
#           A <- uniforme dans (-1, 1) sur racine(d_in), d'un générateur qui a cette graine
#           B <- zéros
# forward   y <- base de x ; si la couche est fusionnée, c'est tout
#           sinon y plus alpha/r fois (x à travers A, puis à travers B)
# merge     sauf si déjà fusionnée : sans gradient, ajouter sur place le delta au poids de la base ; merged <- True
# unmerge   seulement si fusionnée : l'inverse
#
# count_trainable   somme, sur les paramètres qui demandent un gradient, de leur nombre d'éléments
# ```
#
# </details>


# %% id="layer"
class LoRALinear(nn.Module):
    """A frozen linear layer with a trainable correction of rank r beside it.

    base: nn.Linear from d_in to d_out, kept and frozen; r: at least 1; alpha: the correction is scaled by alpha / r;
    seed: of the generator that draws A. Attributes: base, A: [r, d_in], B: [d_out, r], merged.
    LoRALinear(nn.Linear(3, 2), r=1, alpha=2.0) trains 3 + 2 numbers.
    Source: Hu et al. 2021, "LoRA: Low-Rank Adaptation of Large Language Models", section 4.1.
    """

    def __init__(self, base: nn.Linear, r: int, alpha: float, seed: int = 0) -> None:
        super().__init__()
        ### BEGIN SOLUTION
        self.base = base.requires_grad_(False)
        self.alpha = alpha
        self.merged = False
        d_out, d_in = base.weight.shape
        chance = torch.Generator().manual_seed(seed)
        between_zero_and_one = torch.rand(r, d_in, generator=chance, dtype=base.weight.dtype)
        self.A = nn.Parameter((2 * between_zero_and_one - 1) / d_in**0.5)
        self.B = nn.Parameter(base.weight.new_zeros(d_out, r))
        ### END SOLUTION

    def forward(self, x: Tensor) -> Tensor:
        """x: [..., d_in]; returns [..., d_out]: the base's result, plus the correction unless it is merged."""
        ### BEGIN SOLUTION
        out = self.base(x)
        if self.merged:
            return out
        return out + x @ self.A.T @ self.B.T * (self.alpha / len(self.A))
        ### END SOLUTION

    def merge(self) -> None:
        """Adds the correction to the base's weight, once."""
        ### BEGIN SOLUTION
        if not self.merged:
            with torch.no_grad():
                self.base.weight += lora_delta(self.A, self.B, self.alpha)
            self.merged = True
        ### END SOLUTION

    def unmerge(self) -> None:
        """Takes the correction off the base's weight, if it is there."""
        ### BEGIN SOLUTION
        if self.merged:
            with torch.no_grad():
                self.base.weight -= lora_delta(self.A, self.B, self.alpha)
            self.merged = False
        ### END SOLUTION


# %% id="count"
def count_trainable(module: nn.Module) -> int:
    """How many numbers of a module, its submodules included, require a gradient.

    A parameter that stands in two places counts once.
    count_trainable(nn.Linear(3, 2)) -> 8
    """
    ### BEGIN SOLUTION
    return sum(parameter.numel() for parameter in module.parameters() if parameter.requires_grad)
    ### END SOLUTION


# %% group="update"
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

# %% [markdown] lang="en"
# ## 3. Symmetric quantization: `quantize_absmax`
#
# Round every number to a multiple of a **scale** $s$, and store the multiple: with 8 bits, an integer between −127 and 127.
#
# $$s = \frac{\max |x|}{2^{bits-1} - 1} \qquad q = \mathrm{round}\!\left(\frac{x}{s}\right) \qquad x \approx q \cdot s$$
#
# `quantize_absmax(x, bits)` returns **the tuple `(q, scale)`**, with one scale for the whole tensor:
#
# - `x` holds floats, in any shape, at least one; `bits` is between 2 and 8.
# - `q` is **int8**, of the shape of `x`, within $\pm(2^{bits-1} - 1)$. The range is symmetric: int8 has a −128, which is
#   left out, since there is no 128 to go with it. (And 128 in an int8 *is* −128: a slip there turns the largest weight
#   into its opposite.) Fewer than 8 bits are stored in an int8 as well; real libraries pack two 4-bit numbers in a byte.
# - `scale` has no dimension and the dtype of `x`.
# - **Halves go to the even neighbour**: 0.5 → 0, 1.5 → 2, 2.5 → 2, −0.5 → 0, −1.5 → −2. Always rounding them up would
#   shift the mean of the weights. Python's `round` and `torch.round` do this; `int(x + 0.5)` and C's `round` do not.
# - **Nothing but zeros**: $q = 0$ everywhere and a scale of **1** (0 would divide by zero).
#
# By hand, with 3 bits: the largest is 3. `[1.5, -0.75, 0.25, 0.6]` has scale 0.5 and quotients `3, -1.5, 0.5, 1.2`, hence
# `q = [3, -2, 0, 1]`, which stands for `[1.5, -1.0, 0.0, 0.5]`.
#
# <details><summary>Hint</summary>
#
# How large can $|x| / s$ become? Then what is there to clamp? For the zeros, mend the scale *before* you
# divide.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# largest <- 2 to the power (bits - 1), minus 1
# scale   <- largest absolute value of x, over `largest`; 1 in its place where it is 0
# q       <- x over scale, rounded (halves to even), as int8
# answer  <- q, scale
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 3. La quantification symétrique : `quantize_absmax`
#
# Arrondissons chaque nombre à un multiple d'une **échelle** $s$, et stockons ce multiple : sur 8 bits, un entier entre −127 et
# 127.
#
# $$s = \frac{\max |x|}{2^{bits-1} - 1} \qquad q = \mathrm{round}\!\left(\frac{x}{s}\right) \qquad x \approx q \cdot s$$
#
# `quantize_absmax(x, bits)` renvoie **le tuple `(q, scale)`**, avec une seule échelle pour tout le tenseur :
#
# - `x` contient des flottants, sous une forme quelconque, au moins un ; `bits` est compris entre 2 et 8.
# - `q` est en **int8**, de la forme de `x`, dans $\pm(2^{bits-1} - 1)$. L'intervalle est symétrique : int8 a un −128, qu'on
#   laisse de côté puisqu'il n'y a pas de 128 pour lui répondre. (Et 128 dans un int8 *est* −128 : une erreur à cet endroit
#   change le plus grand poids en son opposé.) Moins de 8 bits se stockent aussi dans un int8 ; les vraies bibliothèques
#   rangent deux nombres de 4 bits par octet.
# - `scale` est sans dimension et a le dtype de `x`.
# - **Les demis vont au voisin pair** : 0,5 → 0 ; 1,5 → 2 ; 2,5 → 2 ; −0,5 → 0 ; −1,5 → −2. Les arrondir toujours vers le
#   haut décalerait la moyenne des poids. `round` de Python et `torch.round` font ainsi ; `int(x + 0.5)` et le `round` du C,
#   non.
# - **Rien que des zéros** : $q = 0$ partout et une échelle de **1** (0 ferait diviser par zéro).
#
# À la main, sur 3 bits : le plus grand entier est 3. `[1.5, -0.75, 0.25, 0.6]` a pour échelle 0,5 et pour quotients
# `3, -1.5, 0.5, 1.2`, d'où `q = [3, -2, 0, 1]`, qui représente `[1.5, -1.0, 0.0, 0.5]`.
#
# <details><summary>Indice</summary>
#
# Jusqu'où peut aller $|x| / s$ ? Que reste-t-il alors à borner ? Pour les zéros, réparez l'échelle *avant* de
# diviser.
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# plus_grand <- 2 à la puissance (bits - 1), moins 1
# scale      <- plus grande valeur absolue de x, sur `plus_grand` ; 1 à la place quand c'est 0
# q          <- x sur scale, arrondi (demis au pair), en int8
# réponse    <- q, scale
# ```
#
# </details>


# %% id="absmax"
def quantize_absmax(x: Tensor, bits: int = 8) -> tuple[Tensor, Tensor]:
    """Signed integers that stand for x: the largest absolute value becomes 2^(bits-1) - 1.

    x: [...], floating point, at least one value, left unmodified; bits: 2 to 8.
    Returns (q: int8[...], scale: []) with scale in the dtype of x, and 1 when x is all zeros. Halves go to even.
    quantize_absmax([1.5, -0.75, 0.25, 0.6], bits=3) -> ([3, -2, 0, 1], 0.5)
    Source: Dettmers et al. 2022, "LLM.int8(): 8-bit Matrix Multiplication for Transformers at Scale", section 2.
    """
    ### BEGIN SOLUTION
    scale = x.abs().amax() / (2 ** (bits - 1) - 1)
    scale = torch.where(scale > 0, scale, 1.0)
    return torch.round(x / scale).to(torch.int8), scale
    ### END SOLUTION


# %% group="absmax"
# Scale 3 / 3 = 1, with 3 bits.
q, scale = parts(quantize_absmax(torch.tensor([[-3.0, 1.2], [0.0, 0.7]]), bits=3), 2, en="(q, scale)", fr="(q, scale)")
dtype(q, torch.int8, en="q", fr="q")
same(q.tolist(), [[-3, 1], [0, 1]], en="q with 3 bits", fr="q sur 3 bits")
close(scale, torch.tensor(1.0), FLOAT32, en="scale with 3 bits", fr="l'échelle sur 3 bits")
q, scale = quantize_absmax(torch.tensor([254.0, -254.0, 100.0]), bits=8)
same(q.tolist(), [127, -127, 50], en="q with 8 bits", fr="q sur 8 bits")
close(scale, torch.tensor(2.0), FLOAT32, en="scale with 8 bits", fr="l'échelle sur 8 bits")

# %% [markdown] lang="en"
# ## 4. A range of one's own: `quantize_affine`
#
# Activations after a ReLU are never negative: a symmetric range would waste half of its integers. The affine scheme
# spreads the integers 0 … $2^{bits} - 1$ over the range that is really used, and remembers which integer stands for 0:
# the **zero point** $z$.
#
# $$x \approx (q - z) \cdot s$$
#
# `quantize_affine(x, bits, axis)` returns **the tuple `(q, scale, zero_point)`**. Four steps:
#
# 1. The range goes from `low` = the smaller of 0 and the minimum to `high` = the larger of 0 and the maximum. **It always
#    contains 0**, so that 0 comes back as exactly 0 (think of padding, or of what a ReLU gives).
# 2. $s = (\mathrm{high} - \mathrm{low}) / (2^{bits} - 1)$; **1 where that is 0**, which is where all is zero.
# 3. $z = \mathrm{round}(-\mathrm{low} / s)$.
# 4. $q = \mathrm{round}(x / s) + z$, **rounded first, then shifted, then clamped** to
#    0 … $2^{bits} - 1$.
#
# Halves go to even in both roundings. The clamp is not decoration: when the range is −1.5 … 253.5 with a scale of 1, the
# maximum becomes 254 + 2 = 256, and in an unsigned byte 256 is 0.
#
# `axis` says who shares a scale:
#
# - `None`: the whole tensor; `scale` and `zero_point` have no dimension.
# - A number, negative ones counting from the end: **each index along `axis` has its own**. For a weight `[d_out, d_in]`,
#   `axis=0` gives one scale per row: a row of large weights then no longer costs the others their precision. `scale` and
#   `zero_point` have the shape of `x` with 1 everywhere but at `axis` (here `[d_out, 1]`), so that they broadcast. `x` then
#   has at least two dimensions.
#
# `q` is **uint8** of the shape of `x`, `scale` has the dtype of `x`, and `zero_point` is **int64**.
#
# By hand, with 2 bits: `[-0.5, 0.25, 1.0]` has the range −0.5 … 1, the scale 1.5 / 3 = 0.5 and the zero point 1. The
# quotients `-1, 0.5, 2` round to `-1, 0, 2`, hence `q = [0, 1, 3]`, which stands for `[-0.5, 0.0, 1.0]`.
#
# <details><summary>Hint</summary>
#
# One scale per row of a matrix: along which dimension is the minimum taken? In general: along all but `axis`, and
# `keepdim=True` gives the shape that is asked for.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# others     <- all dimensions, without `axis` if there is one (mind a negative axis)
# low, high  <- minimum and maximum over the others (keeping the dimensions when there is an axis), 0 included
# top        <- 2 to the power bits, minus 1
# scale      <- (high - low) over top; 1 where it is 0
# zero_point <- -low over scale, rounded
# q          <- x over scale, rounded; plus zero_point; clamped between 0 and top
# answer     <- q as uint8, scale, zero_point as int64
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 4. Un intervalle sur mesure : `quantize_affine`
#
# Les activations après une ReLU ne sont jamais négatives : un intervalle symétrique gâcherait la moitié de ses entiers. Le
# schéma affine étale les entiers 0 … $2^{bits} - 1$ sur l'intervalle vraiment utilisé, et retient quel entier représente
# 0 : le **point zéro** $z$ (*zero point*).
#
# $$x \approx (q - z) \cdot s$$
#
# `quantize_affine(x, bits, axis)` renvoie **le tuple `(q, scale, zero_point)`**. Quatre étapes :
#
# 1. L'intervalle va de `low` = le plus petit de 0 et du minimum à `high` = le plus grand de 0 et du maximum. **Il contient
#    toujours 0**, pour que 0 revienne exactement à 0 (pensez au padding, ou à ce que donne une ReLU).
# 2. $s = (\mathrm{high} - \mathrm{low}) / (2^{bits} - 1)$ ; **1 là où cela vaut 0**, c'est-à-dire là où tout est nul.
# 3. $z = \mathrm{round}(-\mathrm{low} / s)$.
# 4. $q = \mathrm{round}(x / s) + z$ : **on arrondit, puis on décale, puis on borne** à
#    0 … $2^{bits} - 1$.
#
# Les demis vont au pair dans les deux arrondis. La borne n'est pas un ornement : quand l'intervalle est −1,5 … 253,5 avec
# une échelle de 1, le maximum devient 254 + 2 = 256, et dans un octet non signé, 256 est 0.
#
# `axis` dit qui partage une échelle :
#
# - `None` : le tenseur entier ; `scale` et `zero_point` sont sans dimension.
# - Un nombre, compté depuis la fin s'il est négatif : **chaque indice le long de `axis` a la sienne**. Pour un poids
#   `[d_out, d_in]`, `axis=0` donne une échelle par ligne : une ligne de grands poids ne coûte alors plus leur précision aux
#   autres. `scale` et `zero_point` ont la forme de `x` avec 1 partout sauf en `axis` (ici `[d_out, 1]`), pour se diffuser
#   (*broadcast*). `x` a alors au moins deux dimensions.
#
# `q` est en **uint8**, de la forme de `x`, `scale` a le dtype de `x`, et `zero_point` est en **int64**.
#
# À la main, sur 2 bits : `[-0.5, 0.25, 1.0]` a pour intervalle −0,5 … 1, pour échelle 1,5 / 3 = 0,5 et pour point zéro 1.
# Les quotients `-1, 0.5, 2` s'arrondissent à `-1, 0, 2`, d'où `q = [0, 1, 3]`, qui représente `[-0.5, 0.0, 1.0]`.
#
# <details><summary>Indice</summary>
#
# Une échelle par ligne d'une matrice : le long de quelle dimension prend-on le minimum ? En général : le long de toutes
# sauf `axis`, et `keepdim=True` donne la forme demandée.
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# autres     <- toutes les dimensions, sans `axis` s'il y en a un (attention à un axe négatif)
# low, high  <- minimum et maximum sur les autres (en gardant les dimensions s'il y a un axe), 0 compris
# top        <- 2 à la puissance bits, moins 1
# scale      <- (high - low) sur top ; 1 là où c'est 0
# zero_point <- -low sur scale, arrondi
# q          <- x sur scale, arrondi ; plus zero_point ; borné entre 0 et top
# réponse    <- q en uint8, scale, zero_point en int64
# ```
#
# </details>


# %% id="affine"
def quantize_affine(x: Tensor, bits: int = 8, axis: int | None = None) -> tuple[Tensor, Tensor, Tensor]:
    """Unsigned integers that stand for x: 0 … 2^bits - 1 over the range of x with 0 included.

    x: [...], floating point, at least one value, left unmodified; bits: 2 to 8; axis: each index along it has a
    scale of its own, None = one for all; with an axis, x has at least two dimensions.
    Returns (q: uint8[...], scale, zero_point: int64), the last two of shape [] or of the shape of x with 1 everywhere
    but at axis; scale in the dtype of x, and 1 where all is zero. Halves go to even.
    quantize_affine([-0.5, 0.25, 1.0], bits=2) -> ([0, 1, 3], 0.5, 1)
    Source: Jacob et al. 2018, "Quantization and Training of Neural Networks for Efficient
    Integer-Arithmetic-Only Inference", section 2.1, equation 1.
    """
    ### BEGIN SOLUTION
    own = axis is not None
    others = [d for d in range(x.dim()) if not own or d != axis % x.dim()]
    low = x.amin(dim=others, keepdim=own).clamp(max=0)
    high = x.amax(dim=others, keepdim=own).clamp(min=0)
    top = 2**bits - 1
    scale = (high - low) / top
    scale = torch.where(scale > 0, scale, 1.0)
    zero_point = torch.round(-low / scale)
    # Rounding to even is symmetric: low becomes exactly 0, and only the upper end can be passed.
    q = (torch.round(x / scale) + zero_point).clamp(max=top)
    return q.to(torch.uint8), scale, zero_point.to(torch.int64)
    ### END SOLUTION


# %% group="affine"
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

# %% [markdown] lang="en"
# ## 5. Back to floats: `dequantize`
#
# `dequantize(q, scale, zero_point)` computes $(q - z) \cdot s$ and serves both schemes:
# `dequantize(*quantize_absmax(x, 8))`, where the zero point is 0 unless given, and
# `dequantize(*quantize_affine(x, 8, 0))`.
#
# - `q` is int8 or uint8; `scale` and `zero_point` broadcast against it. The result has the dtype of `scale`, and gradients
#   flow to `scale`.
# - **Mind the subtraction in bytes**: in uint8, 3 − 5 is 254. And torch decides the dtype of `q - zero_point` by `q` alone
#   when `zero_point` has no dimension.
#
# What must hold afterwards: rounding to the nearest multiple moves a number by **half a scale at most**. Hence, the fewer
# numbers share a scale, the smaller the error.
#
# <details><summary>Hint</summary>
#
# Leave the integers before you subtract.
#
# </details>
# <details><summary>Pseudocode</summary>
#
# ```text
# q      <- as floats, in the dtype of scale
# answer <- q minus zero_point, times scale
# ```
#
# </details>

# %% [markdown] lang="fr"
# ## 5. Retour aux flottants : `dequantize`
#
# `dequantize(q, scale, zero_point)` calcule $(q - z) \cdot s$ et sert aux deux schémas :
# `dequantize(*quantize_absmax(x, 8))`, où le point zéro vaut 0 s'il n'est pas donné, et
# `dequantize(*quantize_affine(x, 8, 0))`.
#
# - `q` est en int8 ou en uint8 ; `scale` et `zero_point` se diffusent vers lui. Le résultat a le dtype de `scale`, et les
#   gradients atteignent `scale`.
# - **Attention à la soustraction d'octets** : en uint8, 3 − 5 vaut 254. Et torch décide du dtype de `q - zero_point` d'après
#   `q` seul quand `zero_point` est sans dimension.
#
# Ce qui doit tenir ensuite : arrondir au multiple le plus proche déplace un nombre d'**une demi-échelle au plus**. Moins il
# y a de nombres pour partager une échelle, plus l'erreur est donc petite.
#
# <details><summary>Indice</summary>
#
# Quittez les entiers avant de soustraire.
#
# </details>
# <details><summary>Pseudo-code</summary>
#
# ```text
# q       <- en flottants, dans le dtype de scale
# réponse <- q moins zero_point, fois scale
# ```
#
# </details>


# %% id="dequantize"
def dequantize(q: Tensor, scale: Tensor, zero_point: Tensor | int = 0) -> Tensor:
    """The floats that integers stand for: (q - zero_point) * scale.

    q: int8 or uint8 [...]; scale: floating point, and zero_point: int64 or an int, broadcastable to q; all left
    unmodified. Returns [...] in the dtype of scale.
    dequantize([0, 1, 3], 0.5, 1) -> [-0.5, 0.0, 1.0]
    Source: Jacob et al. 2018, section 2.1, equation 1.
    """
    ### BEGIN SOLUTION
    return (q.to(scale.dtype) - zero_point) * scale
    ### END SOLUTION


# %% group="return"
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

# %% [markdown] lang="en"
# ## 6. To try: an old skill, a new one, and four bits
#
# A small network learns a sine. Then it must learn another wave, three ways: every weight trained; LoRA of rank 1; LoRA of
# rank 2 on top of weights that were first squeezed into 4 bits (QLoRA in miniature). Compare the numbers of trained
# parameters, and how the errors fall. The right plot takes the trained matrix, one of whose rows is made 20 times larger, as happens in real models
# ("outlier features"): what does one scale for all cost, and what does one scale per row?
#
# Change the rank, `alpha`, the bits. What happens with LoRA of rank 1 when the new wave is very far from the old one?
#
# **Where this stands today.** peft's `LoraConfig(r=8, lora_alpha=16)` wraps the layers of a model as you did
# (`lora_A.weight` and `lora_B.weight` are your `A` and `B`), and `merge_and_unload` is your `merge`. bitsandbytes and torchao
# hold weights in 8 or 4 bits, with a scale per row or per block of some dozens of numbers. torch's `fake_quantize_per_channel_affine` is
# `dequantize` after `quantize_affine` when the scales are known. In QLoRA the 16 values of the 4 bits are not evenly spaced:
# they are those that split a normal distribution, which weights follow closely, into equal shares (NF4).

# %% [markdown] lang="fr"
# ## 6. À essayer : un ancien savoir, un nouveau, et quatre bits
#
# Un petit réseau apprend un sinus. Il doit ensuite apprendre une autre onde, de trois façons : tous les poids entraînés ;
# LoRA de rang 1 ; LoRA de rang 2 par-dessus des poids d'abord ramenés à 4 bits (QLoRA en miniature). Comparez les nombres
# de paramètres entraînés, et la chute des erreurs. La figure de droite prend la matrice apprise, dont une ligne est rendue 20 fois plus grande, comme
# il arrive dans les vrais modèles (*outlier features*) : que coûte une échelle pour tous, et que coûte une par ligne ?
#
# Changez le rang, `alpha`, les bits. Qu'arrive-t-il à LoRA de rang 1 quand la nouvelle onde est très loin de l'ancienne ?
#
# **Où l'on en est aujourd'hui.** `LoraConfig(r=8, lora_alpha=16)` de peft enveloppe les couches d'un modèle comme vous
# l'avez fait (`lora_A.weight` et `lora_B.weight` sont vos `A` et `B`), et `merge_and_unload` est votre `merge`. bitsandbytes
# et torchao gardent les poids sur 8 ou 4 bits, avec une échelle par ligne ou par bloc de quelques dizaines de nombres. Le
# `fake_quantize_per_channel_affine` de torch est `dequantize` après `quantize_affine` quand les échelles sont connues. Dans
# QLoRA, les 16 valeurs des 4 bits ne sont pas régulièrement espacées : ce sont celles qui coupent en parts égales une loi
# normale, que les poids suivent de près (NF4).

# %% try="waves"
import copy

import matplotlib.pyplot as plt

torch.manual_seed(0)
xs = torch.linspace(-3, 3, 200).unsqueeze(1)
old_wave, new_wave = torch.sin(2 * xs), torch.sin(2 * xs + 0.8) + 0.5


def fit(network, wave, steps=400):
    """The mean squared errors while what can be trained is trained."""
    seen = []
    optimiser = torch.optim.Adam([p for p in network.parameters() if p.requires_grad], lr=0.01)
    for _ in range(steps):
        error = (network(xs) - wave).square().mean()
        optimiser.zero_grad()
        error.backward()
        optimiser.step()
        seen.append(error.item())
    return seen


network = chain(nn.Linear(1, 64), nn.Tanh(), nn.Linear(64, 64), nn.Tanh(), nn.Linear(64, 1))
fit(network, old_wave, steps=800)


def adapted(rank, bits=None):
    """A copy of the trained network with LoRA on every linear layer, its weights rounded to `bits` if given."""
    new = copy.deepcopy(network)
    for place in (0, 2, 4):
        if bits is not None:
            with torch.no_grad():
                new[place].weight.copy_(dequantize(*quantize_affine(new[place].weight, bits, axis=0)))
        new[place] = LoRALinear(new[place], rank, alpha=2.0 * rank)
    return new


figure, (curves, errors) = plt.subplots(1, 2, figsize=(12, 4), layout="constrained")
for label, candidate in {
    "all / tout": copy.deepcopy(network),
    "LoRA r = 1": adapted(1),
    "4 bits + LoRA r = 2": adapted(2, bits=4),
}.items():
    seen = fit(candidate, new_wave)
    print(f"{label:20} {count_trainable(candidate):5} trained / entraînés, error / erreur {seen[-1]:.5f}")
    curves.semilogy(seen, label=label)
curves.set_xlabel("steps / pas")
curves.set_ylabel("mean squared error / erreur quadratique")
curves.legend(fontsize=8)

weight = network[2].weight.detach().clone()
weight[5] *= 20
others = torch.arange(64) != 5
for label, axis in {"one scale / une échelle": None, "per row / par ligne": 0}.items():
    gaps = [
        (dequantize(*quantize_affine(weight, bits, axis)) - weight)[others].square().mean().sqrt()
        for bits in range(2, 9)
    ]
    errors.semilogy(range(2, 9), gaps, marker="o", label=label)
errors.set_xlabel("bits")
errors.set_ylabel("error of the other rows / des autres lignes")
errors.legend()
plt.show()
